"""Which municipality publishes which standard data set, and in which state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import LISTED, now
from ckanext.hokkaido_schema.shared import staleness, tag_of
from ckanext.hokkaido_standards.domain.coverage import Cell, Coverage, furthest
from ckanext.hokkaido_standards.model import CombinedPart, LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service import definition
from ckanext.hokkaido_standards.service.combined_gate import codes_of, for_all, open_parts, unrestricted
from ckanext.hokkaido_standards.service.linked_gate import as_read

__all__ = ["coverage"]

_package: sa.Table = model.Package.__table__
_resource: sa.Table = model.Resource.__table__
_group: sa.Table = model.Group.__table__
_check: sa.Table = ResourceCheck.__table__
_linked: sa.Table = LinkedFile.__table__
_part: sa.Table = CombinedPart.__table__
_ACTIVE = model.State.ACTIVE

#: An organisation, the digits of a standard, and what is known.
_Known = tuple[str, str, Cell]


def coverage(session: Session) -> Mapping[tuple[str, str], Cell]:
    """Return what is known by code of the municipality and digits of the standard; what is absent is left out."""
    known = [*_listed(session), *_tagged(session), *_recognised(session)]
    codes = _municipalities(session, {organization for organization, _standard, _cell in known})
    found: dict[tuple[str, str], Cell] = {}
    for organization, standard, cell in known:
        if code := codes.get(organization):
            found[code, standard] = furthest(found.get((code, standard)), cell)
    return found


def _municipalities(session: Session, organizations: set[str]) -> dict[str, str]:
    wanted = sa.select(_group.c.id, _group.c.extras["code"].astext).where(_group.c.id.in_(organizations))
    return codes_of(session, {one: code or "" for one, code in session.execute(wanted)})


def _listed(session: Session) -> Iterator[_Known]:
    """Yield what the inventory names, by the words of its titles."""
    recognizer = definition.recognizer(session)
    for source in LISTED:
        for one in source(session):
            if standard := recognizer.recognize((), one.title).standard:
                yield one.organization_id, standard.code, Cell(Coverage.LISTED, one.title, one.url)


def _tagged(session: Session) -> Iterator[_Known]:
    """Yield datasets that say by their tags what they are; their files may be none that are read."""
    by_tag = {tag_of(one.ja): code for code, one in definition.current(session).items()}
    tag, tagged = model.Tag.__table__, model.PackageTag.__table__
    wanted = (
        sa.select(_package.c.owner_org, tag.c.name, _package.c.title, _package.c.name.label("package"))
        .join(_group, _group.c.id == _package.c.owner_org)
        .join(tagged, sa.and_(tagged.c.package_id == _package.c.id, tagged.c.state == _ACTIVE))
        .join(tag, tag.c.id == tagged.c.tag_id)
        # The one tables are made of what municipalities publish, and are no publication of the office's municipality.
        .where(for_all(), tag.c.name.in_(by_tag), _has_files())
    )
    for owner, name, title, package in session.execute(wanted):
        yield owner, by_tag[name], Cell(Coverage.PUBLISHED, title or package, f"/dataset/{package}")


def _has_files() -> sa.ColumnElement[bool]:
    """Return what is true of datasets that have a file elsewhere than at the one tables."""
    own = _resource.c.url.contains("/combined/")
    return sa.exists().where(_resource.c.package_id == _package.c.id, _resource.c.state == _ACTIVE, sa.not_(own))


def _recognised(session: Session) -> Iterator[_Known]:
    """Yield what files were recognised as, in which form, whether their rows are in the one table, and how good."""
    giving = {part.resource_id for part in open_parts(session) if part.fragment}
    wanted = (
        sa.select(
            _package.c.owner_org,
            _package.c.title,
            _package.c.name,
            _package.c.metadata_created,
            _package.c.extras["frequency"].astext.label("frequency"),
            _package.c.extras["modified"].astext.label("modified"),
            sa.func.coalesce(_resource.c.last_modified, _resource.c.created).label("changed"),
            _linked.c.changed_at,
            _check.c.resource_id,
            _check.c.standard,
            _check.c.form,
            _check.c.weights,
        )
        .join(_resource, _resource.c.id == _check.c.resource_id)
        .join(_package, _package.c.id == _resource.c.package_id)
        .join(_group, _group.c.id == _package.c.owner_org)
        .outerjoin(_linked, _linked.c.resource_id == _check.c.resource_id)
        .where(for_all(), unrestricted(), _resource.c.state == _ACTIVE, _check.c.standard.is_not(None))
        .where(sa.or_(_resource.c.url_type == "upload", as_read(_check.c.digest)))
    )
    today = now().astimezone(JAPAN).date()
    for row in session.execute(wanted):
        wrong, overdue = (row.weights or {}).get("wrong", 0), _overdue(row, today)
        state = _state(joined=row.resource_id in giving, wrong=wrong, overdue=overdue)
        cell = Cell(state, row.title or row.name, f"/dataset/{row.name}", row.form or "", wrong, overdue)
        yield row.owner_org, row.standard, cell


def _state(*, joined: bool, wrong: int, overdue: bool) -> Coverage:
    if not joined:
        return Coverage.PUBLISHED
    if wrong:
        return Coverage.JOINED
    return Coverage.VALID if overdue else Coverage.CURRENT


def _overdue(row: Any, today: date) -> bool:
    """Tell whether an update is overdue, by the day of the last one that is known."""
    at_its_site = row.changed_at.astimezone(JAPAN).date() if row.changed_at else None
    days = [_day(row.modified), _local(row.changed), at_its_site]
    updated = max(filter(None, days), default=None) or _local(row.metadata_created)
    return staleness(row.frequency or "", updated, today) is not None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _local(moment: datetime | None) -> date | None:
    return moment.replace(tzinfo=UTC).astimezone(JAPAN).date() if moment else None
