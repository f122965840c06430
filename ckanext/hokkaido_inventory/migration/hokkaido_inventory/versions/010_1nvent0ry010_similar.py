"""Rows of a survey that look alike.

Revision ID: 1nvent0ry010
Revises: 1nvent0ry008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1nvent0ry010"
down_revision = "1nvent0ry008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hokkaido_inventory_similar",
        sa.Column("survey_id", sa.Text(), primary_key=True),
        sa.Column("groups", postgresql.JSONB(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["hokkaido_inventory_survey.id"], name="fk_hokkaido_inventory_similar_survey"
        ),
    )


def downgrade() -> None:
    op.drop_table("hokkaido_inventory_similar")
