"""The outbox.

Revision ID: c0re0b0x0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "c0re0b0x0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hokkaido_core_outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idx_hokkaido_core_outbox_due",
        "hokkaido_core_outbox",
        ["available_at"],
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "idx_hokkaido_core_outbox_key",
        "hokkaido_core_outbox",
        ["kind", "key"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL AND key IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("hokkaido_core_outbox")
