"""The public catalogue of holdings: searching and counting the public copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.model import Promotion, Published, Survey
from ckanext.hokkaido_inventory.service.holding import Status
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.visibility import published

__all__ = ["Entry", "Found", "Query", "find_entry", "find_published", "search"]

#: More words than this narrow nothing down and cost a scan each.
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; blanks and Nones look for everything."""

    words: str = ""
    unit_id: str | None = None
    decision: str | None = None
    status: str | None = None
    start: int = 0
    rows: int = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One holding of the catalogue with its unit and the fiscal year of the round."""

    row: Published
    unit: Unit
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, how many there are, and how they fall under decisions and units."""

    count: int
    entries: tuple[Entry, ...]
    decisions: tuple[tuple[str, int], ...]
    units: tuple[tuple[Unit, int], ...]


def find_published(session: Session, holding_id: str) -> Published | None:
    """Return the public copy of a holding."""
    return session.execute(published().where(Published.holding_id == holding_id)).scalar_one_or_none()


def find_entry(session: Session, holding_id: str) -> Entry | None:
    """Return the public copy of a holding with its unit and fiscal year."""
    row = session.execute(_entries().where(Published.holding_id == holding_id)).one_or_none()
    return _entry(row) if row else None


def search(session: Session, query: Query) -> Found:
    """Search the public copy, in four statements whatever is found.

    The counts of decisions do not narrow down by decision, those of units not by unit, so that a choice can be changed.
    """
    matching = _conditions(query)
    chosen = [condition for name, condition in matching if condition is not None]
    count = session.scalar(_counted(sa.func.count(), chosen)) or 0
    page = session.execute(
        _entries()
        .where(*chosen)
        .order_by(_title(), Published.unit_id, Published.number)
        .offset(query.start)
        .limit(query.rows)
    )
    decisions = session.execute(
        _counted(Published.decision, _without(matching, "decision"), sa.func.count()).group_by(Published.decision)
    )
    group: sa.Table = model.Group.__table__
    units = session.execute(
        _counted(group.c.id, _without(matching, "unit"), group.c.name, _title(), sa.func.count())
        .group_by(group.c.id, group.c.name, _title())
        .order_by(sa.func.count().desc(), group.c.name)
    )
    return Found(
        count=count,
        entries=tuple(_entry(row) for row in page),
        decisions=tuple((row[0], row[1]) for row in decisions),
        units=tuple((Unit(*row[:3]), row[3]) for row in units),
    )


def _title() -> sa.ColumnElement[str]:
    group: sa.Table = model.Group.__table__
    return sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)


def _joined(found: sa.Select[Any]) -> sa.Select[Any]:
    group: sa.Table = model.Group.__table__
    return found.join(group, group.c.id == Published.unit_id)


def _entries() -> sa.Select[Any]:
    group: sa.Table = model.Group.__table__
    return (
        _joined(published())
        .join(Survey, Survey.id == Published.survey_id)
        .add_columns(group.c.id, group.c.name, _title(), Survey.fiscal_year)
    )


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(row[0], Unit(row[1], row[2], row[3]), row[4])


def _counted(first: Any, conditions: list[sa.ColumnElement[bool]], *columns: Any) -> sa.Select[Any]:
    found = sa.select(first, *columns).select_from(Published)
    return _joined(found).where(Published.superseded_by.is_(None), *conditions)


def _conditions(query: Query) -> list[tuple[str, sa.ColumnElement[bool] | None]]:
    return [
        *(("words", Published.search_text.contains(key, autoescape=True)) for key in _keys(query.words)),
        ("unit", Published.unit_id == query.unit_id if query.unit_id is not None else None),
        ("decision", Published.decision == query.decision if query.decision else None),
        ("status", _has_status(query.status) if query.status else None),
    ]


def _without(matching: list[tuple[str, sa.ColumnElement[bool] | None]], left_out: str) -> list[sa.ColumnElement[bool]]:
    return [condition for name, condition in matching if condition is not None and name != left_out]


def _keys(words: str) -> list[str]:
    keys = (comparison_key(word) for word in words.split())
    return [key for key in keys if key][:MOST_WORDS]


def _has_status(status: str) -> sa.ColumnElement[bool]:
    """Say whether a dataset that grew out of the holding makes it 公開済 or 公開準備中."""
    package: sa.Table = model.Package.__table__
    resource: sa.Table = model.Resource.__table__
    has_file = sa.exists().where(resource.c.package_id == package.c.id, resource.c.state == model.State.ACTIVE)
    public = sa.and_(package.c.state == model.State.ACTIVE, package.c.private.is_(False), has_file)
    linked = sa.exists().where(
        Promotion.holding_id == Published.holding_id,
        package.c.id == Promotion.package_id,
        package.c.state != model.State.DELETED,
    )
    match status:
        case Status.PUBLISHED:
            return linked.where(public)
        case Status.PREPARING:
            return linked.where(sa.not_(public))
        case _:
            return sa.and_(Published.decision == status, sa.not_(linked))
