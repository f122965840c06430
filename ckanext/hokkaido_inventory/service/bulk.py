"""Many rows at once: thousands of rows of one table go to the database as one stream (PostgreSQL's COPY)."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Session

__all__ = ["insert", "new_ids"]

_VARIANTS = "89ab"


def new_ids(count: int) -> list[str]:
    """Return random UUIDs (version 4), as CKAN's `make_uuid` makes them one by one."""
    digits = os.urandom(16 * count).hex()
    chunks = (digits[start : start + 32] for start in range(0, 32 * count, 32))
    return [
        f"{part[:8]}-{part[8:12]}-4{part[13:16]}-{_VARIANTS[int(part[16], 16) & 3]}{part[17:20]}-{part[20:]}"
        for part in chunks
    ]


def insert(session: Session, model: type[BaseModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows in the transaction of the session; every row has the same keys, and all that the table demands.

    Dictionaries and lists become JSON. A None becomes NULL; so does an empty text in a column that may be NULL.
    """
    if not rows:
        return
    session.flush()
    columns = list(rows[0])
    table = model.__table__
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    buffer.seek(0)
    names = ", ".join(f'"{column}"' for column in columns)
    nullable = ", ".join(f'"{column}"' for column in columns if table.c[column].nullable)
    options = f"FORMAT csv, FORCE_NULL ({nullable})" if nullable else "FORMAT csv"
    cursor = session.connection().connection.cursor()
    cursor.copy_expert(f'COPY "{table.name}" ({names}) FROM STDIN WITH ({options})', buffer)
    cursor.close()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
