"""Who reads the feed, by day and program.

Revision ID: dca7feed0005
Revises: dca7feed0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "dca7feed0005"
down_revision = "dca7feed0004"
branch_labels = None
depends_on = None

_TABLE = "hokkaido_dcat_visit"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("finished", sa.Integer, nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", "program", "reading"),
    )
    op.create_index("idx_hokkaido_dcat_visit_last_at", _TABLE, ["last_at"])


def downgrade() -> None:
    op.drop_table(_TABLE)
