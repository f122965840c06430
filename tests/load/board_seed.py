"""Rounds of a whole prefecture, written by SQL alone: actions would take hours for what a database does in seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

__all__ = ["Seeded", "Size", "clear", "seed"]

#: Titles of what is written here begin with this; `clear` takes it all away again.
MARK = "bench-board"

#: One row in five differs in what it is, so that every count of the board has something to count.
_ANSWERS = """jsonb_build_object('personal_information', (ARRAY['no','no','no','yes','unclear'])[1 + n % 5],
 'specific_personal_information', 'no', 'sensitive_personal_information', 'no', 'anonymised_release_requested', 'no',
 'harm_to_order_or_rights', 'no', 'legal_restriction', (ARRAY['no','yes','no'])[1 + n % 3], 'format', 'CSV',
 'update_frequency', 'ANNUAL', 'remarks', 'この行は測定のための行です')"""
_CHANGE = "(ARRAY['unchanged','unchanged','changed','new','gone'])[1 + n % 5]"
_STATE = "(ARRAY['approved','submitted','in_progress','not_started','returned','none_held'])[1 + u % 6]"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written: units, holdings of each, rounds."""

    units: int
    holdings: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Seeded:
    """Ids of the rounds, newest last, the name of a unit, and how many seconds the rows of one round took."""

    surveys: list[str]
    unit: str
    with_tally: float
    without_tally: float


def seed(engine: sa.Engine, size: Size) -> Seeded:
    """Write the units that are missing, their holdings, and the rounds; the last but one is published."""
    with engine.begin() as connection:
        unit = _units(connection, size.units)
        _put(
            connection,
            "hokkaido_inventory_holding",
            "bench_unit, generate_series(1, :holdings) AS n",
            id=f"'{MARK}-' || u || '-' || n",
            unit_id="unit_id",
            number="100000 + n",
            holdings=size.holdings,
        )
    surveys, plain, kept = [], 0.0, 0.0
    for number in range(1, size.rounds + 1):
        surveys.append(f"{MARK}-{number}")
        with engine.begin() as connection:
            _round(connection, number, last=number == size.rounds)
            if number == 1:
                plain = _rows_without_tally(connection, number, size)
            kept = _rows(connection, number, size)
    with engine.begin() as connection:
        _published(connection, size)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    return Seeded(surveys, unit, kept, plain)


def clear(engine: sa.Engine) -> None:
    """Take away everything that was written here."""
    with engine.begin() as connection:
        for table, column in (
            ("hokkaido_inventory_published", "holding_id"),
            ("hokkaido_inventory_answer", "id"),
            ("hokkaido_inventory_response", "id"),
            ("hokkaido_inventory_survey", "id"),
            ("hokkaido_inventory_holding", "id"),
            ('"group"', "id"),
        ):
            connection.execute(sa.text(f"DELETE FROM {table} WHERE {column} LIKE '{MARK}-%'"))  # noqa: S608 - names of this file.
        connection.execute(sa.text("DROP TABLE IF EXISTS bench_unit"))


def _units(connection: sa.Connection, count: int) -> str:
    """Choose organisations, adding what is missing to the number; return the name of the first."""
    there = connection.scalar(sa.text("SELECT count(*) FROM \"group\" WHERE is_organization AND state = 'active'"))
    _put(
        connection,
        '"group"',
        "generate_series(1, :missing) AS n",
        id=f"'{MARK}-' || n",
        name=f"'{MARK}-' || n",
        title="'測定用の課 ' || n",
        type="'organization'",
        is_organization="true",
        state="'active'",
        approval_status="'approved'",
        missing=max(0, count - there),
    )
    connection.execute(sa.text("DROP TABLE IF EXISTS bench_unit"))
    connection.execute(
        sa.text(
            "CREATE TABLE bench_unit AS SELECT id AS unit_id, name, row_number() OVER (ORDER BY name) AS u"
            " FROM \"group\" WHERE is_organization AND state = 'active' ORDER BY name LIMIT :count"
        ),
        {"count": count},
    )
    return connection.scalar(sa.text("SELECT name FROM bench_unit ORDER BY u LIMIT 1"))


def _round(connection: sa.Connection, number: int, *, last: bool) -> None:
    survey = f"'{MARK}-{number}'"
    state = "'open'" if last else "'published'"
    _put(
        connection,
        "hokkaido_inventory_survey",
        "(SELECT 1) AS one",
        id=survey,
        title=f"'測定用の調査 {number}'",
        fiscal_year=str(2020 + number),
        deadline="current_date + 14",
        state=state,
        question_set="'standard'",
        created_at=f"now() - interval '{10 - number} years'",
    )
    _put(
        connection,
        "hokkaido_inventory_response",
        "bench_unit",
        id=f"{survey} || '-' || u",
        survey_id=survey,
        unit_id="unit_id",
        state=_STATE if last else "'approved'",
        version="2",
        none_held="u % 6 = 5",
        created_at=f"now() - interval '{10 - number} years'",
    )


def _rows(connection: sa.Connection, number: int, size: Size) -> float:
    """Write the rows of one round in one statement and return the seconds it took."""
    start = time.perf_counter()
    _put(
        connection,
        "hokkaido_inventory_answer",
        "bench_unit, generate_series(1, :holdings) AS n",
        id=f"'{MARK}-{number}-' || u || '-' || n",
        response_id=f"'{MARK}-{number}-' || u",
        holding_id=f"'{MARK}-' || u || '-' || n",
        title="'測定用のデータ ' || n",
        description="'説明 ' || n",
        answers=_ANSWERS,
        by_rule="'[]'",
        change=_CHANGE,
        version="1",
        holdings=size.holdings,
    )
    return time.perf_counter() - start


def _rows_without_tally(connection: sa.Connection, number: int, size: Size) -> float:
    """Write the same rows once more with the triggers off, measure, and take them back."""
    with connection.begin_nested() as point:
        connection.execute(sa.text("ALTER TABLE hokkaido_inventory_answer DISABLE TRIGGER USER"))
        seconds = _rows(connection, number, size)
        point.rollback()
    return seconds


def _published(connection: sa.Connection, size: Size) -> None:
    survey = f"{MARK}-{max(1, size.rounds - 1)}"
    _put(
        connection,
        "hokkaido_inventory_published",
        "bench_unit, generate_series(1, :holdings) AS n",
        id=f"'{survey}-' || u || '-' || n",
        survey_id=f"'{survey}'",
        holding_id=f"'{MARK}-' || u || '-' || n",
        unit_id="unit_id",
        number="100000 + n",
        title="'測定用のデータ ' || n",
        description="'説明 ' || n",
        decision="(ARRAY['open','method','closed'])[1 + n % 3]",
        listing="'public'",
        search_text="'測定用のデータ ' || n || ' 説明'",
        holdings=size.holdings,
    )


def _put(connection: sa.Connection, table: str, source: str, **given: object) -> None:
    """Insert from a select; columns that must not be empty and were not named get an empty value of their type."""
    columns = {key: value for key, value in given.items() if isinstance(value, str)}
    needed = connection.execute(
        sa.text(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :table"
            " AND table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'"
        ),
        {"table": table.strip('"')},
    )
    for name, type_ in needed:
        columns.setdefault(name, _EMPTY[type_])
    names = ", ".join(f'"{name}"' for name in columns)
    # Tables, columns and expressions are those written down in this file.
    statement = f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {source}"  # noqa: S608
    values = {key: value for key, value in given.items() if not isinstance(value, str)}
    connection.execute(sa.text(statement), values)


_EMPTY = {
    "text": "''",
    "character varying": "''",
    "integer": "1",
    "bigint": "1",
    "boolean": "false",
    "date": "current_date",
    "jsonb": "'{}'",
    "timestamp with time zone": "now()",
    "timestamp without time zone": "now()",
}
