"""Unsaved forms of datasets, and approvals by a second person.

Revision ID: sch3ma0x0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sch3ma0x0001"
down_revision = None
branch_labels = None
depends_on = None

COPY, APPROVAL = "hokkaido_schema_draft_copy", "hokkaido_schema_approval"


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        COPY,
        _text("id"),
        _text("package_id"),
        _text("user_id"),
        sa.Column("items", postgresql.JSONB(), nullable=False),
        _text("version"),
        sa.Column("base", postgresql.JSONB(), nullable=False),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("package_id", "user_id", name=f"uq_{COPY}_owner"),
    )
    op.create_index(f"idx_{COPY}_updated", COPY, ["updated_at"])
    op.create_table(
        APPROVAL,
        _text("id"),
        _text("package_id"),
        _text("state"),
        _text("asked_by"),
        _instant("asked_at"),
        _text("message"),
        _text("decided_by", nullable=True),
        _instant("decided_at", nullable=True),
        _text("remark"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"idx_{APPROVAL}_package", APPROVAL, ["package_id", "asked_at"])
    op.create_index(
        f"uq_{APPROVAL}_open", APPROVAL, ["package_id"], unique=True, postgresql_where=sa.text("state = 'asked'")
    )


def downgrade() -> None:
    op.drop_table(APPROVAL)
    op.drop_table(COPY)
