"""Files of public datasets that lie at other sites.

Revision ID: st4nd4rds004
Revises: st4nd4rds003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "st4nd4rds004"
down_revision = "st4nd4rds003"
branch_labels = None
depends_on = None

LINKED = "hokkaido_standards_linked"
_TEXTS = ("package_id", "url", "host", "state", "digest", "etag", "modified")


def upgrade() -> None:
    op.create_table(
        LINKED,
        sa.Column("resource_id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("fetched_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_since", sa.DateTime(timezone=True)),
        sa.Column("not_there_since", sa.DateTime(timezone=True)),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
    )
    op.create_index(f"idx_{LINKED}_package", LINKED, ["package_id"])
    op.create_index(f"idx_{LINKED}_due", LINKED, ["due_at"])
    op.create_index(f"idx_{LINKED}_host", LINKED, ["host"])


def downgrade() -> None:
    op.drop_table(LINKED)
