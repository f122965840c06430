"""The feed.

Revision ID: dca7feed0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "dca7feed0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hokkaido_dcat_entry",
        sa.Column("dataset_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dirty", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("problems", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id"),
        sa.UniqueConstraint("sequence", name="uq_hokkaido_dcat_entry_sequence"),
    )
    op.create_index("idx_hokkaido_dcat_entry_state", "hokkaido_dcat_entry", ["state"])
    op.create_index(
        "idx_hokkaido_dcat_entry_dirty",
        "hokkaido_dcat_entry",
        ["dataset_id"],
        postgresql_where=sa.text("dirty"),
    )
    op.create_table(
        "hokkaido_dcat_fragment",
        sa.Column("dataset_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id", "profile", "family"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["hokkaido_dcat_entry.dataset_id"], name="fk_hokkaido_dcat_fragment_entry"
        ),
    )


def downgrade() -> None:
    op.drop_table("hokkaido_dcat_fragment")
    op.drop_table("hokkaido_dcat_entry")
