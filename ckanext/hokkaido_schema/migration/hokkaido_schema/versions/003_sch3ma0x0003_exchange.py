"""Descriptions that come in together.

Revision ID: sch3ma0x0003
Revises: sch3ma0x0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sch3ma0x0003"
down_revision = "sch3ma0x0002"
branch_labels = None
depends_on = None

EXCHANGE = "hokkaido_schema_exchange"
ITEM = "hokkaido_schema_exchange_item"


def upgrade() -> None:
    op.create_table(
        EXCHANGE,
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
    )
    op.create_index(f"idx_{EXCHANGE}_organization", EXCHANGE, ["organization_id", "created_at"])
    op.create_index(f"idx_{EXCHANGE}_digest", EXCHANGE, ["digest"])
    op.create_table(
        ITEM,
        sa.Column("exchange_id", sa.Text(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("wanted", postgresql.JSONB()),
        sa.Column("before", postgresql.JSONB()),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        sa.Column("repairs", postgresql.JSONB(), nullable=False),
        sa.Column("refusals", postgresql.JSONB(), nullable=False),
        sa.Column("seen_at", sa.Text()),
        sa.Column("stored_at", sa.Text()),
        sa.ForeignKeyConstraint(["exchange_id"], [f"{EXCHANGE}.id"], name=f"fk_{ITEM}_exchange", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table(ITEM)
    op.drop_table(EXCHANGE)
