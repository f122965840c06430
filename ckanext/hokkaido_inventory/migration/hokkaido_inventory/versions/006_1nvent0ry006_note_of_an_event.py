"""Why a round was reopened, in the words of the survey office.

Revision ID: 1nvent0ry006
Revises: 1nvent0ry005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1nvent0ry006"
down_revision = "1nvent0ry005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hokkaido_inventory_event", sa.Column("note", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("hokkaido_inventory_event", "note")
