"""Loaded definitions of standard data sets.

Revision ID: st4nd4rds001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "st4nd4rds001"
down_revision = None
branch_labels = None
depends_on = None

DEFINITION = "hokkaido_standards_definition"


def upgrade() -> None:
    op.create_table(
        DEFINITION,
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("columns", postgresql.JSONB(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text()),
    )
    op.create_index(
        f"uq_{DEFINITION}_current",
        DEFINITION,
        ["standard"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table(DEFINITION)
