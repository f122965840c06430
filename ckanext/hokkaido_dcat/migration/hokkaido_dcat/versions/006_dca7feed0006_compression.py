"""Fragments and payloads are compressed by LZ4, which costs a save a fraction of the time of PostgreSQL's own method.

Revision ID: dca7feed0006
Revises: dca7feed0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "dca7feed0006"
down_revision = "dca7feed0005"
branch_labels = None
depends_on = None

_TABLES = ("hokkaido_dcat_fragment", "hokkaido_dcat_change")


def upgrade() -> None:
    # A server may have been built without LZ4: it keeps its own method. What is stored already stays readable.
    known = op.get_bind().scalar(
        sa.text("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
    )
    if known:
        _compress("lz4")


def downgrade() -> None:
    _compress("pglz")


def _compress(method: str) -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN body SET COMPRESSION {method}")
