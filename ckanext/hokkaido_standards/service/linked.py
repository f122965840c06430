"""Files at other sites: which there are, which are asked for now, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import judged_files, now
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.domain.combined import FileReason
from ckanext.hokkaido_standards.domain.linked_address import site_of
from ckanext.hokkaido_standards.domain.linked_state import LinkedState, Standing
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service import combined
from ckanext.hokkaido_standards.service.check import checked_by
from ckanext.hokkaido_standards.service.combined_gate import for_all, unrestricted
from ckanext.hokkaido_standards.service.linked_gate import is_link, may_be_table

__all__ = ["Taken", "collect", "counts", "find", "hold", "keep_open", "lose", "put_off_host", "standing_of", "take"]

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__
_group: sa.Table = model.Group.__table__
_linked: sa.Table = LinkedFile.__table__
_check: sa.Table = ResourceCheck.__table__
_part: sa.Table = CombinedPart.__table__

#: Whoever takes a file has so long to store what was found in it.
LEASE = timedelta(minutes=10)
#: Between two requests to one host, whoever makes them.
PAUSE = timedelta(seconds=5)
#: So many new links are written down in one go.
_MOST = 1000
#: Lock of the database under which files are taken, so that two workers never ask one host.
_TAKING = 4_770_013


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is asked for now.

    :ivar until: until then nobody else takes it.
    :ivar file: names as `service.check.uploads_of` gives them, for the check.
    :ivar digest: of what is known of it; blank where it is to be read whatever the site says.
    """

    resource_id: str
    package_id: str
    url: str
    host: str
    until: datetime
    file: dict[str, Any]
    digest: str
    etag: str
    modified: str


def _links(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Select the links whose files are asked for: those of public, unrestricted datasets in which a table may be."""
    return (
        sa.select(*columns)
        .select_from(_resource)
        .join(_package, _package.c.id == _resource.c.package_id)
        .join(_group, _group.c.id == _package.c.owner_org)
        .outerjoin(_linked, _linked.c.resource_id == _resource.c.id)
        .where(for_all(), unrestricted(), is_link(), may_be_table())
    )


def keep_open(session: Session, package_id: str) -> list[str]:
    """Return the resources of a dataset whose files are asked for and have the address that was read.

    What is known of its other links is forgotten, so that they are asked for anew should they come back.
    """
    wanted = _links(_resource.c.id).where(_package.c.id == package_id, _linked.c.url == _resource.c.url)
    found = list(session.scalars(wanted)) if config.fetches_linked() else []
    gone = _linked.c.package_id == package_id, _linked.c.resource_id.not_in(found)
    session.execute(sa.delete(_linked).where(*gone))
    return found


def find(session: Session, resource_id: str) -> LinkedFile | None:
    """Return what is known of the file that a resource leads to."""
    return session.get(LinkedFile, resource_id, populate_existing=True)


def collect(session: Session, since: datetime | None = None) -> int:
    """Write down the links that are new or have another address, forget those that are gone, return how many these are.

    Whatever way a dataset became public or private is found here; what is withdrawn is not served in the meantime.

    :param since: look only at datasets that were saved after this moment; at all of them unless told.
    """
    asked = config.fetches_linked()
    gone = _gone(session, since) if asked else set(session.scalars(sa.select(_linked.c.resource_id)))
    new = _new(session, since) if asked else []
    _forget(session, gone | {row["resource_id"] for row in new})
    session.execute(sa.delete(_linked).where(_linked.c.resource_id.in_(gone)))
    if new:
        fresh = insert(LinkedFile)
        reset = {name: fresh.excluded[name] for name in _linked.c.keys() if name != "resource_id"}  # noqa: SIM118
        session.execute(fresh.on_conflict_do_update(index_elements=["resource_id"], set_=reset), new)
    return len(gone) + len(new)


def _saved(since: datetime | None) -> sa.ColumnElement[bool]:
    # As CKAN stores times: in UTC without saying so.
    return sa.true() if since is None else _package.c.metadata_modified >= since.astimezone(UTC).replace(tzinfo=None)


def _gone(session: Session, since: datetime | None) -> set[str]:
    there = _links(_resource.c.id).where(_linked.c.resource_id.is_not(None), _saved(since)).subquery()
    wanted = sa.select(_linked.c.resource_id).outerjoin(there, there.c.id == _linked.c.resource_id)
    if since is not None:
        wanted = wanted.join(_package, _package.c.id == _linked.c.package_id).where(_saved(since))
    return set(session.scalars(wanted.where(there.c.id.is_(None))))


def _new(session: Session, since: datetime | None) -> list[dict[str, Any]]:
    other = sa.or_(_linked.c.resource_id.is_(None), _linked.c.url != _resource.c.url)
    wanted = _links(_resource.c.id, _resource.c.package_id, _resource.c.url).where(other, _saved(since)).limit(_MOST)
    blank: dict[str, Any] = dict.fromkeys(("digest", "etag", "modified", "fault"), "")
    blank |= dict.fromkeys(("fetched_at", "changed_at", "failed_since", "not_there_since", "asked_at", "taken_until"))
    blank |= {"state": str(LinkedState.WAITING), "status": 0, "failures": 0, "due_at": now()}
    return [
        blank | {"resource_id": row.id, "package_id": row.package_id, "url": row.url, "host": site_of(row.url)}
        for row in session.execute(wanted)
    ]


def _forget(session: Session, resource_ids: Collection[str]) -> None:
    """Forget what was read of files, but of those whose resource has a stored file now."""
    stored = sa.select(_resource.c.id).where(_resource.c.url_type == "upload")
    wanted = [_check.c.resource_id.in_(resource_ids), _check.c.resource_id.not_in(stored)]
    packages = set(session.scalars(sa.delete(_check).where(*wanted).returning(_check.c.package_id)))
    wanted = [_part.c.resource_id.in_(resource_ids), _part.c.resource_id.not_in(stored)]
    combined.ask(session, set(session.scalars(sa.delete(_part).where(*wanted).returning(_part.c.standard))))
    if packages:
        judged_files.judged_anew(session, packages)


def take(session: Session, at: datetime, most: int) -> list[Taken]:
    """Take files that are due, the longest due first and one of a host, so that nobody else asks for them.

    The caller commits before it asks: until then others wait.
    """
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_TAKING)))
    busy = sa.select(_linked.c.host).where(sa.or_(_linked.c.taken_until > at, _linked.c.asked_at > at - PAUSE))
    order = (_linked.c.due_at, _linked.c.resource_id)
    nth = sa.func.row_number().over(partition_by=_linked.c.host, order_by=order)
    due = (
        _links(_resource.c.id, nth.label("nth"))
        .where(_linked.c.url == _resource.c.url, _linked.c.due_at <= at, _linked.c.host.not_in(busy))
        .subquery()
    )
    chosen = sa.select(due.c.id).where(due.c.nth == 1)
    wanted = sa.select(_linked.c.resource_id).where(_linked.c.resource_id.in_(chosen)).order_by(*order).limit(most)
    ids = list(session.scalars(wanted))
    until = at + LEASE
    session.execute(sa.update(_linked).where(_linked.c.resource_id.in_(ids)).values(taken_until=until, asked_at=at))
    return [_taken(session, row, until) for row in session.execute(_told(ids)).mappings()]


def _told(ids: Collection[str]) -> sa.Select[Any]:
    return (
        _links(
            *(_linked.c[name] for name in ("resource_id", "package_id", "url", "host", "digest", "etag", "modified")),
            _resource.c.name,
            _package.c.title,
            _check.c.digest.label("checked"),
            _check.c.checked_by,
            _check.c.standard,
            _part.c.made_by,
        )
        .outerjoin(_check, _check.c.resource_id == _resource.c.id)
        .outerjoin(_part, _part.c.resource_id == _resource.c.id)
        .where(_resource.c.id.in_(ids))
    )


def _taken(session: Session, row: Any, until: datetime) -> Taken:
    """Return a file; its marks are sent back only where what was found in it holds by the rules of now."""
    is_checked = row["checked"] == row["digest"] and row["checked_by"] == checked_by(session)
    is_given = not row["standard"] or row["made_by"] == combined.made_by(session) or config.combined_folder() is None
    known = bool(row["digest"]) and is_checked and is_given
    told = {name: row[name] for name in ("resource_id", "package_id", "url", "host")}
    told |= {name: row[name] if known else "" for name in ("digest", "etag", "modified")}
    file = {"id": row["resource_id"], "package_id": row["package_id"], "name": row["name"]}
    return Taken(**told, until=until, file=file | {"dataset_title": row["title"]})


def hold(session: Session, taken: Taken) -> LinkedFile | None:
    """Return the row of a file to whoever took it, locked; nothing when it was withdrawn or taken by another since."""
    open_ids = _links(_resource.c.id).where(_resource.c.id == taken.resource_id, _resource.c.url == taken.url)
    wanted = sa.select(LinkedFile).where(
        LinkedFile.resource_id.in_(open_ids), LinkedFile.url == taken.url, LinkedFile.taken_until == taken.until
    )
    return session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).one_or_none()


def standing_of(row: LinkedFile) -> Standing:
    """Return what is known of a file."""
    return Standing(LinkedState(row.state), row.failures, row.failed_since, row.not_there_since)


def lose(session: Session, resource_id: str) -> None:
    """Forget what was found in a file that is lost; its part gives no row, and says why."""
    session.execute(sa.delete(_check).where(_check.c.resource_id == resource_id))
    told = {"fragment": "", "reason": str(FileReason.LOST)}
    session.execute(sa.update(_part).where(_part.c.resource_id == resource_id).values(**told))


def put_off_host(session: Session, host: str, until: datetime) -> None:
    """Leave a whole site alone for the time that it asked for."""
    session.execute(sa.update(_linked).where(_linked.c.host == host, _linked.c.due_at < until).values(due_at=until))


def counts(session: Session) -> dict[str, int]:
    """Return how many files are in each state."""
    found = dict(session.execute(sa.select(_linked.c.state, sa.func.count()).group_by(_linked.c.state)).tuples().all())
    return {state.value: found.get(state.value, 0) for state in LinkedState}
