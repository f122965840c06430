"""What the checks of stored files have found.

Revision ID: st4nd4rds002
Revises: st4nd4rds001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "st4nd4rds002"
down_revision = "st4nd4rds001"
branch_labels = None
depends_on = None

CHECK = "hokkaido_standards_check"


def upgrade() -> None:
    op.create_table(
        CHECK,
        sa.Column("resource_id", sa.Text(), primary_key=True),
        sa.Column("package_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text()),
        sa.Column("form", sa.Text()),
        sa.Column("dialect", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Integer(), nullable=False),
        sa.Column("weights", postgresql.JSONB(), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("report", postgresql.JSONB()),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(f"idx_{CHECK}_package", CHECK, ["package_id"])
    op.create_index(f"idx_{CHECK}_standard", CHECK, ["standard"])


def downgrade() -> None:
    op.drop_table(CHECK)
