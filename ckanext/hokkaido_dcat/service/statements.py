"""Statements of the save path, composed once.

SQLAlchemy composes an upsert, and a query of a column of a type of CKAN's own, anew each time, which takes longer than
PostgreSQL needs to carry them out. Long texts go in as COPY's binary format: as values of a statement, PostgreSQL would
read them sign by sign, which takes longer than storing them.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from psycopg2 import Error
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert, psycopg2
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

__all__ = ["Composed", "as_json", "copy_texts", "insert_json"]

#: Signature, flags and the length of an extension that there is none of (PostgreSQL's manual, COPY, binary format).
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = struct.pack("!h", -1)


class Composed:
    """Statements as the database driver takes them; values go in and come out as the driver knows them.

    :param statements: carried out one after the other in one journey, each looking at what is committed when its turn
        comes; the last one answers. All their values are named parameters or literal columns.
    """

    def __init__(self, *statements: sa.Executable) -> None:
        self._sql = "; ".join(str(one.compile(dialect=psycopg2.dialect())) for one in statements)

    def run(self, session: Session, **values: Any) -> sa.CursorResult[Any]:
        """Run the statements in the session's transaction."""
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


def copy_texts(
    session: Session, table: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[str | bytes]]
) -> None:
    """Add rows whose columns are texts, or UTF-8 already, in the session's transaction.

    :raises DBAPIError: where the database refuses them, as any other statement of the session.
    """
    parts = [_HEADER]
    for row in rows:
        parts.append(struct.pack("!h", len(row)))
        for value in row:
            text = value.encode("utf-8") if isinstance(value, str) else value
            parts += struct.pack("!i", len(text)), text
    parts.append(_END)
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN (FORMAT binary)"
    stream = io.BytesIO(b"".join(parts))
    with session.connection().connection.cursor() as cursor:
        try:
            cursor.copy_expert(statement, stream, stream.getbuffer().nbytes)
        except Error as error:
            raise DBAPIError.instance(statement, None, error, Error) from error
