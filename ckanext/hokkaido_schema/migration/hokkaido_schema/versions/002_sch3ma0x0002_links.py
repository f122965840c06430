"""Links and what was found at them, monthly digests, former names and the history of organisations.

Revision ID: sch3ma0x0002
Revises: sch3ma0x0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sch3ma0x0002"
down_revision = "sch3ma0x0001"
branch_labels = None
depends_on = None


def _text(name: str, **options: bool) -> sa.Column:
    return sa.Column(name, sa.Text(), **{"nullable": False, **options})


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "hokkaido_schema_link",
        _text("id", primary_key=True),
        _text("package_id"),
        _text("resource_id"),
        _text("field"),
        _text("url"),
        _text("host"),
        _text("state"),
        sa.Column("status", sa.Integer(), nullable=False),
        _text("fault"),
        _text("moved_to"),
        sa.Column("failed_since", sa.Date(), nullable=True),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("failed_days", sa.Integer(), nullable=False),
        _instant("checked_at", nullable=True),
        _instant("due_at"),
        sa.UniqueConstraint("package_id", "resource_id", "field", "url", name="uq_hokkaido_schema_link_place"),
    )
    op.create_index("idx_hokkaido_schema_link_due", "hokkaido_schema_link", ["due_at"])
    op.create_index("idx_hokkaido_schema_link_url", "hokkaido_schema_link", ["url"])
    op.create_table(
        "hokkaido_schema_digest",
        _text("id", primary_key=True),
        _text("user_id"),
        sa.Column("month", sa.Date(), nullable=False),
        _instant("created_at"),
        _instant("delivered_at", nullable=True),
        _text("outcome", nullable=True),
        sa.UniqueConstraint("user_id", "month", name="uq_hokkaido_schema_digest_month"),
    )
    op.create_table(
        "hokkaido_schema_former_name",
        _text("name", primary_key=True),
        _text("organization_id"),
        _instant("created_at"),
    )
    op.create_table(
        "hokkaido_schema_organization_event",
        _text("id", primary_key=True),
        _text("organization_id"),
        _text("kind"),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        _text("actor_id", nullable=True),
        _instant("created_at"),
    )
    op.create_index(
        "idx_hokkaido_schema_organization_event_organization",
        "hokkaido_schema_organization_event",
        ["organization_id", "created_at"],
    )


def downgrade() -> None:
    op.drop_table("hokkaido_schema_organization_event")
    op.drop_table("hokkaido_schema_former_name")
    op.drop_table("hokkaido_schema_digest")
    op.drop_table("hokkaido_schema_link")
