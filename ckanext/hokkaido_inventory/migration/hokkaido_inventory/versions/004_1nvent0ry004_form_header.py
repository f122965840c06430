"""What the official form says of a unit as a whole: who filled it in, and the six texts of its first worksheet.

Revision ID: 1nvent0ry004
Revises: 1nvent0ry002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1nvent0ry004"
down_revision = "1nvent0ry002"
branch_labels = None
depends_on = None

TABLE = "hokkaido_inventory_response"


def upgrade() -> None:
    """Add the column; no response has said anything of the kind yet."""
    column = sa.Column("form_header", postgresql.JSONB(), nullable=False, server_default="{}")
    op.add_column(TABLE, column)
    op.alter_column(TABLE, "form_header", server_default=None)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column(TABLE, "form_header")
