"""Roll-over, people, second stage, intake of files, plans, reminders and the wider public copy.

Revision ID: 1nvent0ry002
Revises: 1nvent0ry001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1nvent0ry002"
down_revision = "1nvent0ry001"
branch_labels = None
depends_on = None

TABLES = (
    "assignment",
    "burden",
    "delegation",
    "intake",
    "invitation",
    "mapping",
    "opening",
    "reminder",
    "succession",
)


def _name(kind: str, table: str) -> str:
    return f"{kind}_hokkaido_inventory_{table}"


def _table(name: str) -> str:
    return f"hokkaido_inventory_{name}"


def _reference(column: str, table: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{_table(table)}.id"], name=_name("fk", name))


def _instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False, **options: object) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable, **options)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, postgresql.JSONB(), nullable=False)


def _no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _create(name: str, *parts: object) -> None:
    op.create_table(_table(name), _text("id"), *parts, sa.PrimaryKeyConstraint("id"))


def _index(table: str, name: str, *columns: str) -> None:
    op.create_index(_name("idx", f"{table}_{name}"), _table(table), list(columns))


#: Columns that the present rows get a value for, which only the migration needs.
FILLED = (("survey", "question_set"), ("survey", "training"), ("survey", "second_stage"), ("published", "listing"))

ADDED = {
    "survey": ("question_set", "opens_on", "training", "second_stage", "previous_id"),
    "response": ("endorsed_at", "endorsed_by", "endorsed_version"),
    "published": (
        "theme",
        "law",
        "review_on",
        "blocking_step",
        "machine_readability",
        "record_count",
        "priority",
        "listing",
    ),
}


def upgrade() -> None:
    _columns()
    _people()
    _work()


def _columns() -> None:
    for column in (
        _text("question_set", server_default="standard"),
        _day("opens_on", nullable=True),
        _no("training"),
        _no("second_stage"),
        _text("previous_id", nullable=True),
    ):
        op.add_column(_table("survey"), column)
    op.create_foreign_key(_name("fk", "survey_previous"), _table("survey"), _table("survey"), ["previous_id"], ["id"])
    for column in (
        _instant("endorsed_at"),
        _text("endorsed_by", nullable=True),
        _number("endorsed_version", nullable=True),
    ):
        op.add_column(_table("response"), column)
    for column in (
        _text("theme", nullable=True),
        _text("law", nullable=True),
        _day("review_on", nullable=True),
        _text("blocking_step", nullable=True),
        _text("machine_readability", nullable=True),
        sa.Column("record_count", sa.BigInteger(), nullable=True),
        _number("priority", nullable=True),
        _text("listing", server_default="public"),
    ):
        op.add_column(_table("published"), column)
    op.add_column(_table("event"), _text("unit_id", nullable=True))
    op.alter_column(_table("event"), "survey_id", nullable=True)
    _index("event", "unit", "unit_id", "at")
    for table, column in FILLED:
        op.alter_column(_table(table), column, server_default=None)


def _people() -> None:
    _create(
        "assignment",
        _text("unit_id"),
        _text("user_id"),
        _text("duty"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        sa.UniqueConstraint("unit_id", "user_id", "duty", name=_name("uq", "assignment_duty")),
    )
    _index("assignment", "user", "user_id")
    _create(
        "delegation",
        _text("unit_id"),
        _text("from_user_id"),
        _text("to_user_id"),
        _day("starts_on"),
        _day("ends_on"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        _instant("revoked_at"),
    )
    _index("delegation", "to", "to_user_id")
    _index("delegation", "unit", "unit_id")
    _create(
        "invitation",
        _text("unit_id"),
        _text("email"),
        _text("fullname"),
        _text("duty"),
        _text("secret_hash"),
        _instant("expires_at", nullable=False),
        _instant("accepted_at"),
        _instant("revoked_at"),
        _text("user_id", nullable=True),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        sa.UniqueConstraint("secret_hash", name=_name("uq", "invitation_secret")),
    )
    _index("invitation", "unit", "unit_id")
    _create(
        "succession",
        _text("from_unit_id"),
        _text("to_unit_id"),
        _text("kind"),
        _day("effective_on"),
        _json("moved"),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
    )
    _index("succession", "from", "from_unit_id")
    _index("succession", "to", "to_unit_id")
    _create(
        "reminder",
        _text("user_id"),
        _day("sent_on"),
        _json("items"),
        _instant("created_at", nullable=False),
        _instant("delivered_at"),
        sa.UniqueConstraint("user_id", "sent_on", name=_name("uq", "reminder_day")),
    )


def _work() -> None:
    _create(
        "burden",
        _text("response_id"),
        _text("user_id", nullable=True),
        _text("work"),
        _number("minutes"),
        _instant("at", nullable=False),
        _reference("response_id", "response", "burden_response"),
    )
    _index("burden", "response", "response_id")
    _create(
        "intake",
        _text("response_id"),
        _text("filename"),
        _text("digest"),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        _text("state"),
        _json("choices"),
        _json("outcome"),
        _text("task_id", nullable=True),
        _instant("created_at", nullable=False),
        _text("created_by", nullable=True),
        _instant("finished_at"),
        _reference("response_id", "response", "intake_response"),
    )
    _index("intake", "response", "response_id", "created_at")
    _create(
        "mapping",
        _text("unit_id"),
        _text("signature"),
        _json("columns"),
        _instant("updated_at", nullable=False),
        _text("updated_by", nullable=True),
        sa.UniqueConstraint("unit_id", "signature", name=_name("uq", "mapping_signature")),
    )
    _create(
        "opening",
        _text("holding_id"),
        _day("planned_on"),
        _text("note"),
        _instant("updated_at", nullable=False),
        _text("updated_by", nullable=True),
        _reference("holding_id", "holding", "opening_holding"),
        sa.UniqueConstraint("holding_id", name=_name("uq", "opening_holding")),
    )


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(_table(name))
    op.execute(sa.text(f"DELETE FROM {_table('event')} WHERE survey_id IS NULL"))
    op.drop_index(_name("idx", "event_unit"), table_name=_table("event"))
    op.drop_column(_table("event"), "unit_id")
    op.alter_column(_table("event"), "survey_id", nullable=False)
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(_table(table), column)
