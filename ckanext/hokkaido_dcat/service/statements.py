"""Statements of the save path, composed once.

SQLAlchemy composes an upsert, and a query of a column of a type of CKAN's own, anew each time, which takes longer than
PostgreSQL needs to carry them out.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert, psycopg2
from sqlalchemy.orm import Session

__all__ = ["Composed", "as_json", "insert_json"]


class Composed:
    """A statement as the database driver takes it; values go in and come out as the driver knows them.

    :param statement: all its values are named parameters or literal columns.
    """

    def __init__(self, statement: sa.Executable) -> None:
        self._sql = str(statement.compile(dialect=psycopg2.dialect()))

    def run(self, session: Session, **values: Any) -> sa.CursorResult[Any]:
        """Run the statement in the session's transaction."""
        return session.connection().exec_driver_sql(self._sql, values)


def as_json(rows: list[dict[str, Any]]) -> str:
    """Return rows as `insert_json` wants them."""
    return json.dumps(rows, ensure_ascii=False, default=datetime.isoformat)


def insert_json(table: sa.Table) -> Insert:
    """Return the statement that inserts any number of rows, given as JSON under the table's own name: one journey."""
    given = sa.func.jsonb_populate_recordset(
        sa.literal_column(f"NULL::{table.name}"), sa.cast(sa.bindparam(table.name), JSONB)
    ).table_valued(*(sa.column(column.name, column.type) for column in table.c))
    names = [column.name for column in table.c]
    return insert(table).from_select(names, sa.select(*(given.c[name] for name in names)))
