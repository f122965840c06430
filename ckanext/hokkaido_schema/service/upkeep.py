"""What is to be done on the datasets of organisations: read anew each time, so that nothing drifts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_schema.domain.link_state import LinkState
from ckanext.hokkaido_schema.domain.staleness import staleness
from ckanext.hokkaido_schema.domain.upkeep import DRAFT_DAYS, Item, Kind
from ckanext.hokkaido_schema.model import Digest, Link

__all__ = ["MESSAGE", "items_of", "last_digests", "put_digests", "responsible"]

#: Kind of message of the outbox; the payload is `{id}` of a digest.
MESSAGE = "schema.upkeep_digest"
#: How often a dataset is updated that only a program could keep up with.
_BY_PROGRAM = frozenset({"CONT", "HOURLY", "DAILY"})

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__


def items_of(session: Session, organization_ids: Collection[str] | None, today: date) -> list[Item]:
    """Return everything to do on the datasets of some organisations (of all, when none are named)."""
    own = sa.true() if organization_ids is None else _package.c.owner_org.in_(organization_ids)
    return [*_stale(session, own, today), *_links(session, own, today), *_drafts(session, own, today)]


def responsible(session: Session) -> dict[str, set[str]]:
    """Return, for each active editor or admin with an address, the organisations of which they are one themselves."""
    user, member, group = model.User.__table__, model.Member.__table__, model.Group.__table__
    rows = session.execute(
        sa.select(user.c.id, member.c.group_id)
        .join(member, member.c.table_id == user.c.id)
        .join(group, group.c.id == member.c.group_id)
        .where(
            member.c.table_name == "user",
            member.c.state == "active",
            member.c.capacity.in_(("editor", "admin")),
            user.c.state == "active",
            user.c.email.is_not(None),
            group.c.is_organization.is_(True),
            group.c.state == "active",
        )
    )
    found: dict[str, set[str]] = {}
    for user_id, organization_id in rows:
        found.setdefault(user_id, set()).add(organization_id)
    return found


def put_digests(session: Session, month: date, today: date) -> int:
    """Put down the mail of a month for everybody about whom there is something to say, and return how many are new."""
    concerned = {item.organization_id for item in items_of(session, None, today)}
    put = 0
    for user_id, organizations in sorted(responsible(session).items()):
        if not organizations & concerned:
            continue
        statement = (
            insert(Digest)
            .values(user_id=user_id, month=month)
            .on_conflict_do_nothing(constraint="uq_hokkaido_schema_digest_month")
            .returning(Digest.id)
        )
        digest_id = session.execute(statement).scalar_one_or_none()
        if digest_id is not None:
            outbox.put(session, MESSAGE, {"id": digest_id})
            put += 1
    return put


def last_digests(session: Session, month: date) -> dict[str, int]:
    """Return how many mails of a month were sent, were not needed any more, had no address, or wait."""
    outcome = sa.func.coalesce(Digest.outcome, "waiting")
    rows = session.execute(sa.select(outcome, sa.func.count()).where(Digest.month == month).group_by(outcome)).tuples()
    return dict(rows.all())


def _columns() -> list[sa.ColumnElement[Any]]:
    names = ("id", "name", "title", "type", "owner_org", "private")
    return [_package.c[name] for name in names]


def _item(kind: Kind, row: sa.Row[Any], since: date, days: int, detail: str) -> Item:
    return Item(
        kind=kind,
        dataset_id=row.id,
        name=row.name,
        title=row.title or row.name,
        organization_id=row.owner_org or "",
        days=days,
        since=since,
        detail=detail,
        type=row.type or "dataset",
        private=bool(row.private),
    )


def _stale(session: Session, own: sa.ColumnElement[bool], today: date) -> Iterator[Item]:
    frequency = _package.c.extras["frequency"].astext
    files = (
        sa.select(
            _resource.c.package_id,
            sa.func.max(sa.func.coalesce(_resource.c.last_modified, _resource.c.created)).label("changed"),
            sa.func.bool_or(_resource.c.url_type == "upload").label("here"),
        )
        .where(_resource.c.state == "active")
        .group_by(_resource.c.package_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            *_columns(),
            frequency.label("frequency"),
            _package.c.extras["modified"].astext.label("modified"),
            _package.c.metadata_created,
            files.c.changed,
            files.c.here,
        )
        .outerjoin(files, files.c.package_id == _package.c.id)
        .where(own, _package.c.state == "active", frequency.is_not(None))
    )
    for row in rows:
        if row.frequency in _BY_PROGRAM and not row.here:
            # The data is behind a link: when it changes is not seen from here.
            continue
        updated = max(filter(None, (_day(row.modified), _local_day(row.changed))), default=None)
        found = staleness(row.frequency, updated or _local_day(row.metadata_created), today)
        if found:
            yield _item(Kind.STALE, row, found.due_on, found.days, row.frequency)


def _links(session: Session, own: sa.ColumnElement[bool], today: date) -> Iterator[Item]:
    rows = session.execute(
        sa.select(*_columns(), Link.state.label("link_state"), Link.url, Link.failed_since, Link.checked_at)
        .join(Link, Link.package_id == _package.c.id)
        .where(own, _package.c.state == "active", Link.state.in_((LinkState.BROKEN, LinkState.MOVED)))
    )
    for row in rows:
        since = row.failed_since or _local_day(row.checked_at) or today
        kind = Kind.BROKEN if row.link_state == LinkState.BROKEN else Kind.MOVED
        yield _item(kind, row, since, (today - since).days, row.url)


def _drafts(session: Session, own: sa.ColumnElement[bool], today: date) -> Iterator[Item]:
    before = datetime.combine(today - timedelta(days=DRAFT_DAYS), datetime.min.time())
    rows = session.execute(
        sa.select(*_columns(), _package.c.metadata_modified).where(
            own, _package.c.state == "draft", _package.c.metadata_modified < before
        )
    )
    for row in rows:
        since = _local_day(row.metadata_modified) or today
        yield _item(Kind.DRAFT, row, since, (today - since).days, "")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _local_day(moment: datetime | None) -> date | None:
    """Return the day in Japan of a moment of CKAN, which is in UTC without saying so."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(JAPAN).date()
