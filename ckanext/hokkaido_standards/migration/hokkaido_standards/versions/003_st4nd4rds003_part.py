"""Parts of the one tables.

Revision ID: st4nd4rds003
Revises: st4nd4rds002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "st4nd4rds003"
down_revision = "st4nd4rds002"
branch_labels = None
depends_on = None

PART = "hokkaido_standards_part"


def upgrade() -> None:
    op.create_table(
        PART,
        sa.Column("resource_id", sa.Text(), primary_key=True),
        sa.Column("package_id", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("fragment", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(f"idx_{PART}_package", PART, ["package_id"])
    op.create_index(f"idx_{PART}_standard", PART, ["standard"])


def downgrade() -> None:
    op.drop_table(PART)
