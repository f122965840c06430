"""The feed's own record of what happened to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.model.system_info import SystemInfo
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.model import Change, Kind
from ckanext.hokkaido_dcat.service.statements import Composed, as_json, insert_json

__all__ = [
    "FORGOTTEN",
    "INSERT",
    "Happened",
    "Standing",
    "append",
    "catalog_changed",
    "erase",
    "forget",
    "forgotten",
    "lock",
    "remember_forgetting",
    "standing",
    "told",
]

#: Under this name the position is remembered at which something was last forgotten.
FORGOTTEN = "hokkaido_dcat_forgotten"

#: Key of the advisory lock under which sequences and positions are given; held until the transaction ends, so that
#: neither a lower sequence nor a lower position is ever committed after a higher one.
LOCK = 4_770_002


@dataclass(frozen=True, slots=True)
class Standing:
    """How the feed stands.

    :ivar position: of the last change; anything that the feed says changes with it.
    :ivar total: datasets in the feed.
    :ivar highest: the highest sequence ever given.
    :ivar at: when the last change was.
    :ivar members_at: when a dataset last came or went.
    :ivar first_at: when the first dataset came.
    """

    position: int = 0
    total: int = 0
    highest: int = 0
    at: datetime | None = None
    members_at: datetime | None = None
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One change to be recorded.

    :ivar sequence: of a dataset that came.
    :ivar body: Turtle fragment of what is said of the dataset now.
    """

    kind: Kind
    dataset_id: str | None = None
    body: str | None = None
    sequence: int = 0


#: The columns in the order of `Standing`.
_NEWEST = (
    "SELECT position, total, highest, at, members_at, first_at FROM hokkaido_dcat_change ORDER BY position DESC LIMIT 1"
)


def standing(session: Session | sa.Connection) -> Standing:
    """Return how the feed stands for this transaction: one row by index."""
    return _standing(session, _NEWEST)


def lock(session: Session) -> Standing:
    """Wait until this transaction alone may change the feed, and return how it stands."""
    # One journey; the second statement looks only after the first one has done waiting.
    return _standing(session, f"SELECT pg_advisory_xact_lock({LOCK}); {_NEWEST}")


def _standing(session: Session | sa.Connection, statement: str) -> Standing:
    connection = session if isinstance(session, sa.Connection) else session.connection()
    row = connection.exec_driver_sql(statement).one_or_none()
    return Standing(*row) if row else Standing()


#: Stores rows of `told`, given as JSON under the table's name.
INSERT = insert_json(Change.__table__)
_APPEND = Composed(INSERT)


def told(before: Standing, happened: Iterable[Happened]) -> tuple[Standing, list[dict[str, Any]]]:
    """Return how the feed stands after some changes, and the rows that tell of them."""
    at = max(filter(None, (now(), before.at)))
    rows = []
    for one in happened:
        before = _after(before, one, at)
        rows.append({**asdict(before), "kind": one.kind, "dataset_id": one.dataset_id, "body": one.body})
    return before, rows


def append(session: Session, before: Standing, happened: Iterable[Happened]) -> Standing:
    """Record changes under the lock that gave `before`; return how the feed stands after them."""
    after, rows = told(before, happened)
    if rows:
        _APPEND.run(session, **{Change.__tablename__: as_json(rows)})
    return after


def erase(session: Session, ids: Collection[str], upto: int | None = None) -> int:
    """Stop telling what was said of datasets, as of those that were withdrawn; that something was said stays.

    :param upto: the last position that is looked at; nothing for all.
    :returns: how many payloads that were.
    """
    if not ids:
        return 0
    table = Change.__table__
    statement = sa.update(table).where(table.c.dataset_id.in_(ids), table.c.body.is_not(None)).values(body=None)
    if upto is not None:
        statement = statement.where(table.c.position <= upto)
    return session.execute(statement).rowcount


def forget(session: Session, name: str) -> None:
    """Stop telling what was said in words that hold a name which is not public any more; that something was said stays.

    :param name: part of an IRI. Every payload is read, so nobody who waits for an answer should ask.
    """
    table = Change.__table__
    session.execute(sa.update(table).where(table.c.body.contains(name, autoescape=True)).values(body=None))
    remember_forgetting(session, standing(session).position)


def remember_forgetting(session: Session, at: int) -> None:
    """Note that files which were written before a position may hold what is not told any more."""
    position = str(at)
    statement = insert(SystemInfo.__table__).values(key=FORGOTTEN, value=position)
    session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": position}))


def forgotten(session: Session) -> int:
    """Return the position up to which files may name what is not public any more."""
    found = session.execute(sa.select(SystemInfo.value).where(SystemInfo.key == FORGOTTEN)).scalar_one_or_none()
    return int(found or 0)


def catalog_changed(session: Session) -> None:
    """Record that what the feed says of the catalogue itself has changed."""
    append(session, lock(session), [Happened(Kind.CATALOG)])


def _after(before: Standing, one: Happened, at: datetime) -> Standing:
    came_or_went = {Kind.CREATE: 1, Kind.DELETE: -1}.get(one.kind, 0)
    return replace(
        before,
        position=before.position + 1,
        total=before.total + came_or_went,
        highest=max(before.highest, one.sequence),
        at=at,
        members_at=at if came_or_went else before.members_at,
        first_at=before.first_at or (at if one.kind == Kind.CREATE else None),
    )
