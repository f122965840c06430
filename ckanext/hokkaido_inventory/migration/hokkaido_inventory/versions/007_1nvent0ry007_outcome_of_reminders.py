"""What became of a reminder, and who asked for it.

Revision ID: 1nvent0ry007
Revises: 1nvent0ry006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1nvent0ry007"
down_revision = "1nvent0ry006"
branch_labels = None
depends_on = None

TABLE = "hokkaido_inventory_reminder"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("outcome", sa.UnicodeText(), nullable=True))
    op.add_column(TABLE, sa.Column("created_by", sa.UnicodeText(), nullable=True))


def downgrade() -> None:
    op.drop_column(TABLE, "created_by")
    op.drop_column(TABLE, "outcome")
