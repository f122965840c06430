"""Links of datasets: found in the fields, looked at when they are due, what was found written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.web_address import LONGEST
from ckanext.hokkaido_schema.domain.link_state import LinkState, Look, Standing, after, waits
from ckanext.hokkaido_schema.model import Link

__all__ = ["ask_for", "collect", "counts", "datasets", "due", "find", "of_datasets", "put_off_host", "record"]

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__


def datasets(session: Session) -> list[str]:
    """Return the ids of all datasets, and of those that are gone and have left links behind."""
    return list(session.execute(sa.union(sa.select(_package.c.id), sa.select(Link.package_id))).scalars())


def collect(session: Session, dataset_ids: Sequence[str]) -> None:
    """Bring the table up to date with the fields of some datasets: new links are due at once, old ones go."""
    # What is longer is not asked anyway, and does not fit into the index, so that no link at all would be stored.
    read = [row for row in _read(session, dataset_ids) if len(row["url"].encode()) <= LONGEST]
    found = {(row["package_id"], row["resource_id"], row["field"], row["url"]): row for row in read}
    known = {
        tuple(place): link_id
        for link_id, *place in session.execute(
            sa.select(Link.id, Link.package_id, Link.resource_id, Link.field, Link.url).where(
                Link.package_id.in_(dataset_ids)
            )
        )
    }
    if new := [row for place, row in found.items() if place not in known]:
        session.execute(insert(Link).on_conflict_do_nothing(constraint="uq_hokkaido_schema_link_place"), new)
    if gone := [link_id for place, link_id in known.items() if place not in found]:
        session.execute(sa.delete(Link).where(Link.id.in_(gone)))


def due(session: Session, at: datetime, limit: int) -> list[Link]:
    """Return what is to be looked at, the longest due first: one link a host, any number of own files."""
    first = sa.func.row_number().over(partition_by=Link.host, order_by=(Link.due_at, Link.id))
    inner = sa.select(Link.id, Link.host, first.label("place")).where(Link.due_at <= at).subquery()
    wanted = sa.select(inner.c.id).where(sa.or_(inner.c.place == 1, inner.c.host == ""))
    rows = session.execute(sa.select(Link).where(Link.id.in_(wanted)).order_by(Link.due_at, Link.id).limit(limit))
    return list(rows.scalars())


def of_datasets(session: Session, dataset_ids: Sequence[str], states: Iterable[LinkState] = ()) -> list[Link]:
    """Return the links of some datasets, what needs somebody first."""
    wanted = sa.select(Link).where(Link.package_id.in_(dataset_ids))
    if states := list(states):
        wanted = wanted.where(Link.state.in_(states))
    order = sa.case({LinkState.BROKEN: 0, LinkState.MOVED: 1}, value=Link.state, else_=2)
    return list(session.execute(wanted.order_by(order, Link.failed_since, Link.package_id, Link.url)).scalars())


def find(session: Session, link_id: str) -> Link | None:
    """Return a link."""
    return session.get(Link, link_id)


def ask_for(session: Session, dataset_id: str, at: datetime) -> list[str]:
    """Have all links of a dataset looked at now, and return their ids."""
    collect(session, [dataset_id])
    session.execute(sa.update(Link).where(Link.package_id == dataset_id).values(due_at=at))
    return list(
        session.execute(sa.select(Link.id).where(Link.package_id == dataset_id).order_by(Link.host, Link.id)).scalars()
    )


def record(session: Session, link: Link, look: Look, *, at: datetime, day: date) -> None:
    """Write down what a look found, at every place where the same address stands."""
    same = sa.select(Link).where(Link.url == link.url) if link.host else sa.select(Link).where(Link.id == link.id)
    for one in session.execute(same).scalars():
        known = Standing(LinkState(one.state), one.moved_to, one.failed_since, one.failed_on, one.failed_days)
        standing = after(known, look, day)
        one.state, one.moved_to = standing.state, standing.moved_to
        one.failed_since, one.failed_on, one.failed_days = (
            standing.failed_since,
            standing.failed_on,
            standing.failed_days,
        )
        one.status, one.fault, one.checked_at, one.due_at = look.status, look.fault, at, at + waits(look, standing)


def put_off_host(session: Session, host: str, until: datetime) -> None:
    """Leave a whole site alone for the time it asked for."""
    session.execute(sa.update(Link).where(Link.host == host, Link.due_at < until).values(due_at=until))


def counts(session: Session) -> dict[str, int]:
    """Return how many links are in each state."""
    rows = session.execute(sa.select(Link.state, sa.func.count()).group_by(Link.state)).tuples()
    found = dict(rows.all())
    return {state.value: found.get(state.value, 0) for state in LinkState}


def _read(session: Session, dataset_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the links that stand in the fields now; documentation is a list in JSON."""
    active = sa.and_(_package.c.state == "active", _package.c.id.in_(dataset_ids))
    for row in session.execute(sa.select(_package.c.id, _package.c.url, _package.c.extras).where(active)):
        yield from _links(row.id, "", "url", [row.url])
        yield from _links(row.id, "", "documentation", _list((row.extras or {}).get("documentation")))
    columns = (_resource.c.id, _resource.c.package_id, _resource.c.url, _resource.c.url_type, _resource.c.extras)
    resources = (
        sa.select(*columns)
        .join(_package, _package.c.id == _resource.c.package_id)
        .where(active, _resource.c.state == "active")
    )
    for row in session.execute(resources):
        if row.url_type == "upload":
            yield _row(row.package_id, row.id, "url", row.url, "")
        elif not row.url_type:
            yield from _links(row.package_id, row.id, "url", [row.url])
        yield from _links(row.package_id, row.id, "documentation", _list((row.extras or {}).get("documentation")))


def _links(package_id: str, resource_id: str, field: str, urls: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for url in urls:
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            try:
                host = (urlsplit(url).hostname or "?").lower()
            except ValueError:
                # No address at all: it is looked at like the others, and what comes of it is said.
                host = "?"
            yield _row(package_id, resource_id, field, url, host)


def _row(package_id: str, resource_id: str, field: str, url: str, host: str) -> dict[str, Any]:
    return {
        "id": make_uuid(),
        "package_id": package_id,
        "resource_id": resource_id,
        "field": field,
        "url": url,
        "host": host,
        "state": LinkState.UNCHECKED.value,
    }


def _list(value: Any) -> list[Any]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    return value if isinstance(value, list) else []
