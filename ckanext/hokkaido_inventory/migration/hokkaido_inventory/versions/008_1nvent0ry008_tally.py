"""Counts of the rows of each response, kept by the database itself, and the disclosure decision in SQL.

Revision ID: 1nvent0ry008
Revises: 1nvent0ry007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1nvent0ry008"
down_revision = "1nvent0ry007"
branch_labels = None
depends_on = None

TALLY = "hokkaido_inventory_tally"
ANSWER = "hokkaido_inventory_answer"
RESPONSE = "hokkaido_inventory_response"

CHANGES = ("carried", "new", "changed", "unchanged", "gone")
DECISIONS = ("open", "method", "closed", "unclear", "incomplete")
COLUMNS = ("rows", *CHANGES, *DECISIONS)

#: Names of the trigger, the words that name its transition tables, and the events; the function reads both by name.
TRIGGERS = (
    ("added", "INSERT", "REFERENCING NEW TABLE AS now_there"),
    ("changed", "UPDATE", "REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there"),
    ("deleted", "DELETE", "REFERENCING OLD TABLE AS was_there"),
)


def _decision() -> str:
    """Return the rule of `domain/disclosure.py` as one expression, which PostgreSQL writes into the query itself."""
    value = {
        short: f"coalesce(answers ->> '{key}', '')"
        for short, key in {
            "c": "personal_information",
            "d": "specific_personal_information",
            "e": "sensitive_personal_information",
            "g": "anonymised_release_requested",
            "i": "harm_to_order_or_rights",
            "j": "legal_restriction",
        }.items()
    }
    return """
CREATE FUNCTION hokkaido_inventory_decision(answers jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE
  WHEN {i} = 'yes' OR ({g} = 'no' AND 'yes' IN ({c}, {d}, {e})) THEN 'closed'
  WHEN {i} = 'unclear' OR {g} = 'unclear'
    OR ({g} = 'no' AND 'unclear' IN ({c}, {d}, {e}) AND '' NOT IN ({c}, {d}, {e})) THEN 'unclear'
  WHEN {i} = '' OR {g} = '' OR ({g} = 'no' AND '' IN ({c}, {d}, {e})) THEN 'incomplete'
  WHEN {g} = 'yes' OR {j} = 'yes' THEN 'method'
  WHEN {j} = 'no' THEN 'open'
  WHEN {j} = 'unclear' THEN 'unclear'
  ELSE 'incomplete'
END $$""".format(**value)


def _counts(sign: str, table: str) -> str:
    """Select what each row of a transition table adds to its response; what is gone has no decision any more."""
    changes = ", ".join(f"{sign}(change = '{name}')::int AS {name}" for name in CHANGES)
    decided = "CASE WHEN change <> 'gone' THEN hokkaido_inventory_decision(answers) END"
    return f"SELECT response_id, {sign}1 AS rows, {changes}, {sign}1 AS sign, {decided} AS decided FROM {table}"


def _grouped(*parts: str) -> str:
    sums = ", ".join(f"sum({name}) AS {name}" for name in ("rows", *CHANGES))
    decisions = ", ".join(f"coalesce(sum(sign) FILTER (WHERE decided = '{name}'), 0) AS {name}" for name in DECISIONS)
    return f"SELECT response_id, {sums}, {decisions} FROM ({' UNION ALL '.join(parts)}) AS part GROUP BY response_id"


def _add(grouped: str) -> str:
    """Add sums to the tallies, always in the order of the responses, so that two statements never wait in a ring."""
    names = ", ".join(COLUMNS)
    more = ", ".join(f"{name} = {TALLY}.{name} + excluded.{name}" for name in COLUMNS)
    return (
        f"INSERT INTO {TALLY} (response_id, {names}) SELECT response_id, {names} FROM ({grouped}) AS delta"
        f" ORDER BY response_id ON CONFLICT (response_id) DO UPDATE SET {more}"
    )


def _function() -> str:
    was, is_ = _counts("-", "was_there"), _counts("", "now_there")
    return f"""
CREATE FUNCTION {TALLY}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  IF TG_OP = 'INSERT' THEN
    {_add(_grouped(is_))};
  ELSIF TG_OP = 'DELETE' THEN
    {_add(_grouped(was))};
  ELSIF TG_OP = 'UPDATE' THEN
    {_add(_grouped(was, is_))};
  ELSE
    DELETE FROM {TALLY};
  END IF;
  RETURN NULL;
END $$"""


def upgrade() -> None:
    op.create_table(
        TALLY,
        sa.Column("response_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COLUMNS),
        sa.PrimaryKeyConstraint("response_id"),
        sa.ForeignKeyConstraint(["response_id"], [f"{RESPONSE}.id"], name=f"fk_{TALLY}_response", ondelete="CASCADE"),
    )
    for statement in (_decision(), _function()):
        op.execute(sa.text(statement.replace(":", "\\:")))
    for name, event, tables in TRIGGERS:
        op.execute(
            sa.text(
                f"CREATE TRIGGER {TALLY}_{name} AFTER {event} ON {ANSWER} {tables}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {TALLY}_keep()"
            )
        )
    op.execute(
        sa.text(
            f"CREATE TRIGGER {TALLY}_emptied AFTER TRUNCATE ON {ANSWER}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {TALLY}_keep()"
        )
    )
    op.execute(sa.text(_add(_grouped(_counts("", ANSWER))).replace(":", "\\:")))


def downgrade() -> None:
    for name in ("added", "changed", "deleted", "emptied"):
        op.execute(sa.text(f"DROP TRIGGER {TALLY}_{name} ON {ANSWER}"))
    op.execute(sa.text(f"DROP FUNCTION {TALLY}_keep()"))
    op.execute(sa.text("DROP FUNCTION hokkaido_inventory_decision(jsonb)"))
    op.drop_table(TALLY)
