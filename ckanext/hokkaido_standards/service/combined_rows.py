"""Rows of the one tables in CKAN's DataStore: which are shown now, and bringing them up to date.

Each row carries the mark of its file as the gate tells of it. A search shows the rows whose marks the gate tells at
that moment, so what was withdrawn or changed is out at once; its rows are deleted when the table is brought up to date.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import ckan.plugins as p
import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.combined import dataset_id
from ckanext.hokkaido_standards.service.combined_gate import Part, open_parts

__all__ = [
    "GATE",
    "MARK",
    "PIECE",
    "code_of",
    "csv_of",
    "gate_clause",
    "has_datastore",
    "is_gated",
    "is_ours",
    "mark_of",
    "marks_now",
    "tables_of",
]

#: The plugin without which no row is in the DataStore.
GATE = "hokkaido_standards_datastore"
#: Of a file, what its rows say.
_TOLD = (
    "package_id", "resource_id", "fragment", "municipality", "publisher", "dataset", "file", "licence_id", "original",
)  # fmt: skip
#: Columns that are hidden by their names: mark of a row's file, and of its piece of the table.
MARK, PIECE = "_hokkaido_mark", "_hokkaido_piece"

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_resource: sa.Table = model.Resource.__table__
_package: sa.Table = model.Package.__table__


def has_datastore() -> bool:
    """Tell whether the portal has a DataStore."""
    return p.plugin_loaded("datastore")


def is_gated() -> bool:
    """Tell whether rows may be in the DataStore: their searches pass the gate."""
    return has_datastore() and p.plugin_loaded(GATE)


@cache
def _codes() -> Mapping[str, str]:
    return {dataset_id(f"{number:02}"): f"{number:02}" for number in range(100)}


def code_of(session: Session, resource_id: str) -> str | None:
    """Return the standard of which a file is in the catalogue's dataset of its table; nothing for other files."""
    found = session.execute(sa.select(_resource.c.package_id).where(_resource.c.id == resource_id)).scalar()
    return _codes().get(found or "")


def csv_of(session: Session, code: str) -> str | None:
    """Return the id of the CSV file of a table in the catalogue; nothing while it is not there."""
    wanted = (
        sa.select(_resource.c.id)
        .join(_package, _package.c.id == _resource.c.package_id)
        .where(_package.c.id == dataset_id(code), _package.c.state == model.State.ACTIVE)
        .where(_resource.c.state == model.State.ACTIVE, _resource.c.url == f"{config.site_url()}/combined/{code}.csv")
    )
    return session.execute(wanted.limit(1)).scalar()


def mark_of(part: Part) -> str:
    """Return the mark of what a file gives, and of all that its rows say of it but when it was checked."""
    told = [config.site_url(), *(getattr(part, name) for name in _TOLD)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def marks_now(session: Session, code: str) -> list[str]:
    """Return the marks of the files whose rows everybody may have now."""
    return [mark_of(part) for part in open_parts(session, code) if part.fragment]


def tables_of(connection: sa.Connection) -> Collection[str]:
    """Return the DataStore's tables that hold rows of the one tables: ids of files, gone ones among them."""
    found = connection.execute(sa.text(_HOLDING), {"piece": PIECE, "name": None}).scalars()
    return [name for name in found if _ID.fullmatch(name)]


def is_ours(connection: sa.Connection, name: str) -> bool:
    """Tell whether a table of the DataStore holds rows of a one table."""
    return connection.execute(sa.text(_HOLDING), {"piece": PIECE, "name": name}).first() is not None


_HOLDING = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = :piece
        AND c.relname = coalesce(:name, c.relname)
"""


def gate_clause(marks: Collection[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition of rows with these marks, as `IDatastore.datastore_search` takes it."""
    return f"\"{MARK}\" = ANY(string_to_array(:hokkaido_marks, ','))", {"hokkaido_marks": ",".join(marks)}
