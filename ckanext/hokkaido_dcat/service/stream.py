"""The record of changes as others may read it: pages of a stream, and what was deleted since a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_dcat.domain.activity import (
    Activity,
    Link,
    describe_page,
    describe_root,
    json_ld,
    trig,
)
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal
from ckanext.hokkaido_dcat.domain.writers import FAMILIES
from ckanext.hokkaido_dcat.model import Change, Entry, Kind, State
from ckanext.hokkaido_dcat.service import changes
from ckanext.hokkaido_dcat.service.pages import Document
from ckanext.hokkaido_dcat.service.rendering import base, site_url

__all__ = ["PAGE", "Deletions", "changes_of", "deletions", "last_changes", "newest_deletions", "page", "root"]

#: Positions on a page. It never changes: the addresses of pages count on it.
PAGE = 100

#: Part of every entity tag; it is raised when the same changes are written in other bytes.
_WRITING = "2"

_MEMBERS = (Kind.CREATE, Kind.UPDATE, Kind.DELETE)
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Deletions:
    """Datasets that went and have not come back.

    :ivar items: `{id, iri, at, position}` in the order in which they went.
    :ivar until: time of the last change of the feed, to be asked with next time; None for an empty feed.
    :ivar after: position to go on from, None at the end.
    """

    items: list[dict[str, Any]]
    until: str | None
    after: int | None


def address(number: int | None, extension: str) -> str:
    """Return the absolute address of a page, or of the entrance."""
    name = "changes" if number is None else f"changes/{number}"
    return f"{site_url()}/catalog/{name}" + ("" if extension == "trig" else f".{extension}")


def root(session: Session, extension: str, known: Iterable[str] = ()) -> Document:
    """Return the description of the stream, which leads to every page."""
    last = changes.standing(session).position
    firsts = sa.select(Change.position, Change.at).where(Change.position.in_(range(1, last + 1, PAGE)))
    begun = [row.at.isoformat() for row in session.execute(firsts.order_by(Change.position))]
    links = [
        Link(address(number, extension), since, until)
        for number, (since, until) in enumerate(zip_longest(begun, begun[1:], fillvalue=""), 1)
    ]
    graph = describe_root(_stream(), address(None, extension), links)
    body = trig(graph, []) if extension == "trig" else json_ld(graph, [])
    etag = hashlib.sha256(body.encode("utf-8")).hexdigest()[:40]
    return Document(etag, changes.standing(session).at, None if etag in known else body)


def page(session: Session, number: int, extension: str, known: Iterable[str] = ()) -> Document | None:
    """Return a page of the stream, or None where there is none.

    :param number: from 1. A page that is full stays as it is, but for payloads of datasets that were withdrawn since.
    """
    last = changes.standing(session).position
    if number > max(1, -(-last // PAGE)):
        return None
    rows = _rows(session, number)
    told = [f"{row.position} {row.kind} {row.dataset_id} {row.at.isoformat()} {row.told}" for row in rows]
    named = (_WRITING, base(), address(number, extension), *told)
    etag = hashlib.sha256("\n".join(named).encode("utf-8")).hexdigest()[:40]
    modified = max((row.at for row in rows), default=None)
    if etag in known:
        return Document(etag, modified, None)
    activities = [_activity(row) for row in rows]
    described = describe_page(_stream(), address(None, extension), address(number, extension), activities)
    bodies = dict(session.execute(sa.select(Change.position, Change.body).where(_on(number))).tuples().all())
    if [bodies.get(row.position) is not None for row in rows] != [row.told for row in rows]:
        # A dataset was withdrawn between the two questions.
        return page(session, number, extension, known)
    full = [replace(one, payload=bodies[row.position]) for one, row in zip(activities, rows, strict=True)]
    return Document(etag, modified, trig(described, full) if extension == "trig" else json_ld(described, _parsed(full)))


def changes_of(session: Session, number: int) -> list[dict[str, Any]]:
    """Return what happened on a page, without payloads."""
    return [_told(row) for row in _rows(session, number)]


def last_changes(session: Session, number: int) -> list[dict[str, Any]]:
    """Return the last changes, oldest first, without payloads."""
    columns = (Change.position, Change.kind, Change.dataset_id, Change.at)
    statement = sa.select(*columns).where(Change.kind.in_(_MEMBERS)).order_by(Change.position.desc()).limit(number)
    return [_told(row) for row in reversed(session.execute(statement).all())]


def deletions(session: Session, since: datetime | None, after: int, limit: int) -> Deletions:
    """Return which datasets went, at or after a time, and have not come back.

    :param since: aware; None means from the beginning.
    :param after: position after which to go on.
    """
    later = Change.__table__.alias("later")
    came_back = sa.exists().where(
        later.c.dataset_id == Change.dataset_id, later.c.position > Change.position, later.c.kind.in_(_MEMBERS)
    )
    statement = (
        sa.select(Change.position, Change.dataset_id, Change.at)
        .where(Change.kind == Kind.DELETE, Change.position > after, sa.not_(came_back))
        .order_by(Change.position)
        .limit(limit + 1)
    )
    if since is not None:
        statement = statement.where(Change.at >= since)
    until = changes.standing(session).at
    rows = list(session.execute(statement))
    items = [
        {
            "id": row.dataset_id,
            "iri": _dataset(row.dataset_id).value,
            "at": row.at.isoformat(),
            "position": row.position,
        }
        for row in rows[:limit]
    ]
    more = rows[limit - 1].position if len(rows) > limit else None
    return Deletions(items, until.isoformat() if until else None, more)


def newest_deletions(session: Session, number: int) -> list[dict[str, Any]]:
    """Return the last datasets that went and have not come back, newest first: `{id, iri, at}`."""
    statement = (
        sa.select(Entry.dataset_id, Entry.withdrawn_at)
        .where(Entry.state == State.WITHDRAWN)
        .order_by(Entry.withdrawn_at.desc(), Entry.dataset_id)
        .limit(number)
    )
    return [
        {"id": row.dataset_id, "iri": _dataset(row.dataset_id).value, "at": row.withdrawn_at.isoformat()}
        for row in session.execute(statement)
    ]


def _told(row: Any) -> dict[str, Any]:
    return {
        "position": row.position,
        "kind": row.kind,
        "id": row.dataset_id,
        "iri": _dataset(row.dataset_id).value,
        "at": row.at.isoformat(),
    }


def _rows(session: Session, number: int) -> list[Any]:
    told = Change.body.is_not(None).label("told")
    statement = sa.select(Change.position, Change.kind, Change.dataset_id, Change.at, told)
    return list(session.execute(statement.where(_on(number)).order_by(Change.position)))


def _on(number: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        Change.position.between((number - 1) * PAGE + 1, number * PAGE),
        Change.kind.in_(_MEMBERS),
    )


def _activity(row: Any) -> Activity:
    iri = Iri(f"{site_url()}/catalog/changes#{row.position}")
    return Activity(iri, row.kind, _dataset(row.dataset_id), row.at.isoformat())


def _dataset(dataset_id: str) -> Iri:
    return Iri(f"{base()}/dataset/{quote(dataset_id, safe='')}")


def _stream() -> Iri:
    return Iri(f"{site_url()}/catalog/changes#stream")


def _parsed(activities: list[Activity]) -> list[Activity]:
    """Return activities whose payloads are graphs, read from the Turtle that this portal itself has written."""
    opening = FAMILIES["ttl"].opening
    return [
        replace(one, payload=_graph(opening + one.payload)) if isinstance(one.payload, str) else one
        for one in activities
    ]


def _graph(turtle: str) -> Graph:
    graph = Graph()
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        value = quad.object
        if isinstance(value, ox.Literal):
            datatype = "" if value.language or value.datatype.value == _STRING else value.datatype.value
            term: Iri | Literal = Literal(value.value, value.language or "", datatype)
        else:
            term = Iri(value.value)
        graph.add(Iri(quad.subject.value), Iri(quad.predicate.value), term)
    return graph
