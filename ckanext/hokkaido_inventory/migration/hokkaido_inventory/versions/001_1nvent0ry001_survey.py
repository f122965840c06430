"""Surveys, responses, holdings, answers and the public copy.

Revision ID: 1nvent0ry001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1nvent0ry001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("survey", "response", "holding", "answer", "remark", "event", "published", "promotion")


def _name(kind: str, table: str) -> str:
    return f"{kind}_hokkaido_inventory_{table}"


def _table(name: str) -> str:
    return f"hokkaido_inventory_{name}"


def _reference(column: str, table: str, name: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{_table(table)}.id"], name=_name("fk", name), **options)


def _instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id() -> sa.Column:
    return sa.Column("id", sa.Text(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, postgresql.JSONB(), nullable=False)


def upgrade() -> None:
    _surveys()
    _answers()
    _history()
    _results()


def _surveys() -> None:
    op.create_table(
        _table("survey"),
        _id(),
        _text("title"),
        _number("fiscal_year"),
        _text("instructions"),
        sa.Column("deadline", sa.Date(), nullable=False),
        _text("state"),
        _number("version"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        _instant("opened_at"),
        _instant("closed_at"),
        _instant("published_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(_name("idx", "survey_year"), _table("survey"), ["fiscal_year"])
    op.create_table(
        _table("response"),
        _id(),
        _text("survey_id"),
        _text("unit_id"),
        _text("state"),
        _number("version"),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("none_held", sa.Boolean(), nullable=False),
        _text("none_held_signer", nullable=True),
        _instant("submitted_at"),
        _text("submitted_by", nullable=True),
        _number("submitted_version", nullable=True),
        _instant("approved_at"),
        _text("approved_by", nullable=True),
        _number("approved_version", nullable=True),
        _instant("created_at", nullable=False),
        _instant("updated_at", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _reference("survey_id", "survey", "response_survey"),
        sa.UniqueConstraint("survey_id", "unit_id", name=_name("uq", "response_unit")),
    )
    op.create_index(_name("idx", "response_unit"), _table("response"), ["unit_id"])


def _answers() -> None:
    op.create_table(
        _table("holding"),
        _id(),
        _text("unit_id"),
        _number("number"),
        _instant("created_at", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit_id", "number", name=_name("uq", "holding_number")),
    )
    op.create_table(
        _table("answer"),
        _id(),
        _text("response_id"),
        _text("holding_id"),
        _text("title"),
        _text("description"),
        _json("answers"),
        _json("by_rule"),
        _text("change"),
        _number("version"),
        _instant("created_at", nullable=False),
        _instant("updated_at", nullable=False),
        _text("updated_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _reference("response_id", "response", "answer_response"),
        _reference("holding_id", "holding", "answer_holding"),
        sa.UniqueConstraint("response_id", "holding_id", name=_name("uq", "answer_holding")),
    )
    op.create_index(_name("idx", "answer_holding"), _table("answer"), ["holding_id"])


def _history() -> None:
    op.create_table(
        _table("remark"),
        _id(),
        _text("response_id"),
        _text("answer_id", nullable=True),
        _text("field", nullable=True),
        _text("text"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        _instant("resolved_at"),
        _text("resolved_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _reference("response_id", "response", "remark_response"),
        _reference("answer_id", "answer", "remark_answer", ondelete="CASCADE"),
    )
    op.create_index(_name("idx", "remark_response"), _table("remark"), ["response_id"])
    op.create_index(_name("idx", "remark_answer"), _table("remark"), ["answer_id"])
    op.create_table(
        _table("event"),
        _id(),
        _text("survey_id"),
        _text("response_id", nullable=True),
        _text("actor_id", nullable=True),
        _text("act"),
        _text("state_from", nullable=True),
        _text("state_to", nullable=True),
        _number("version", nullable=True),
        _json("detail"),
        _instant("at", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _reference("survey_id", "survey", "event_survey"),
        _reference("response_id", "response", "event_response"),
    )
    op.create_index(_name("idx", "event_survey"), _table("event"), ["survey_id", "at"])
    op.create_index(_name("idx", "event_response"), _table("event"), ["response_id", "at"])


def _results() -> None:
    op.create_table(
        _table("published"),
        _id(),
        _text("survey_id"),
        _text("holding_id"),
        _text("unit_id"),
        _number("number"),
        _text("title"),
        _text("description"),
        _text("decision"),
        _text("reason", nullable=True),
        _text("format", nullable=True),
        _text("update_frequency", nullable=True),
        _text("search_text"),
        _instant("published_at", nullable=False),
        _text("superseded_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _reference("survey_id", "survey", "published_survey"),
        _reference("holding_id", "holding", "published_holding"),
        _reference("superseded_by", "survey", "published_superseded"),
        sa.UniqueConstraint("survey_id", "holding_id", name=_name("uq", "published_holding")),
    )
    current = sa.text("superseded_by IS NULL")
    op.create_index(
        _name("idx", "published_current"), _table("published"), ["holding_id"], unique=True, postgresql_where=current
    )
    op.create_index(
        _name("idx", "published_unit"), _table("published"), ["unit_id", "number"], postgresql_where=current
    )
    op.create_table(
        _table("promotion"),
        _id(),
        _text("holding_id"),
        _text("package_id"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _reference("holding_id", "holding", "promotion_holding"),
        sa.UniqueConstraint("holding_id", name=_name("uq", "promotion_holding")),
        sa.UniqueConstraint("package_id", name=_name("uq", "promotion_package")),
    )


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(_table(name))
