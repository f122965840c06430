"""Keys of bulk requests that were carried out.

Revision ID: 1nvent0ry005
Revises: 1nvent0ry004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1nvent0ry005"
down_revision = "1nvent0ry004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "hokkaido_inventory_receipt",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["hokkaido_inventory_response.id"], name="fk_hokkaido_inventory_receipt_response"
        ),
        sa.UniqueConstraint("response_id", "key", name="uq_hokkaido_inventory_receipt_key"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("hokkaido_inventory_receipt")
