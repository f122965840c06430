"""The public catalogue of holdings: searched in the index, shown from the table, counted from what is public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.index_query import LAST, Query
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Published, Survey
from ckanext.hokkaido_inventory.service import catalogue_table as table
from ckanext.hokkaido_inventory.service import inventory_index as index
from ckanext.hokkaido_inventory.service.stage import planned_on
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.viewer import NOBODY, Viewer
from ckanext.hokkaido_inventory.service.visibility import published

__all__ = [
    "Copy",
    "Entry",
    "Found",
    "copies_of",
    "count_staff",
    "count_withheld",
    "find_entries",
    "find_entry",
    "find_published",
    "search",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One holding of the catalogue with its unit, the fiscal year of the round, and the day it is planned to open."""

    row: Published
    unit: Unit
    fiscal_year: int
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class Copy:
    """What one round said of a holding, with its fiscal year."""

    row: Published
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, how many there are, and how they fall under each facet (value and number)."""

    count: int = 0
    entries: tuple[Entry, ...] = ()
    facets: Mapping[str, dict[str, int]] = field(default_factory=dict)
    #: Whether the index was to answer and could not.
    degraded: bool = False


def find_published(session: Session, viewer: Viewer, holding_id: str) -> Published | None:
    """Return the public copy of a holding, when the viewer may see it."""
    return session.execute(published(viewer).where(Published.holding_id == holding_id)).scalar_one_or_none()


def find_entry(session: Session, viewer: Viewer, holding_id: str) -> Entry | None:
    """Return the public copy of a holding with its unit and fiscal year, when the viewer may see it."""
    return next(iter(_entries(session, viewer, Published.holding_id == holding_id)), None)


def find_entries(session: Session, viewer: Viewer, holding_ids: Collection[str]) -> list[Entry]:
    """Return the public copies of some holdings, those that the viewer may see; read from the table, as it is now."""
    return _entries(session, viewer, Published.holding_id.in_(holding_ids))


def copies_of(session: Session, entry: Entry) -> list[Copy]:
    """Return what each round published of a holding, newest first, as far as it is as open as the present copy."""
    rows = session.execute(
        sa.select(Published, Survey.fiscal_year)
        .join(Survey, Survey.id == Published.survey_id)
        .where(Published.holding_id == entry.row.holding_id, Published.listing == entry.row.listing)
        .order_by(Survey.fiscal_year.desc(), Survey.created_at.desc())
    )
    return [Copy(row, year) for row, year in rows]


def search(session: Session, viewer: Viewer, query: Query, *, url: str, staff_only: bool = False) -> Found:
    """Search what is listed for all, or what is listed for staff only; the number of statements is fixed.

    The index only says which rows match: they are read from the table through the gate, so that what was taken out
    since is not shown. Without an index, or when it does not answer or is empty, the table is searched.

    :param url: address of the index; empty when there is none.
    """
    query = replace(query, start=min(query.start, LAST))
    if query.finds_nothing:
        return Found()
    if staff_only:
        return _from_table(session, viewer, query, Listing.STAFF)
    if not url:
        return _from_table(session, NOBODY, query, Listing.PUBLIC)
    try:
        narrowed = index.ask(url, query)
    except index.IndexUnavailable:
        return replace(_from_table(session, NOBODY, query, Listing.PUBLIC), degraded=True)
    if not narrowed.whole and table.holds_anything(session):
        return replace(_from_table(session, NOBODY, query, Listing.PUBLIC), degraded=True)
    return _from_index(session, narrowed)


def count_staff(session: Session, viewer: Viewer) -> int:
    """Return how many rows the viewer may see that are listed for staff only."""
    rows = published(viewer).where(Published.listing == Listing.STAFF).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0


def count_withheld(session: Session, units: Collection[str] | None = None) -> dict[str, int]:
    """Return how many rows have their name withheld, by reason ("" for none), in all or in some units."""
    counted = sa.func.count()
    found = (
        sa.select(sa.func.coalesce(Published.reason, ""), counted)
        .where(Published.superseded_by.is_(None), Published.listing == Listing.WITHHELD)
        .group_by(sa.func.coalesce(Published.reason, ""))
        .order_by(counted.desc())
    )
    rows = session.execute(found if units is None else found.where(Published.unit_id.in_(units)))
    return dict(rows.tuples().all())


def _from_index(session: Session, narrowed: index.Narrowed) -> Found:
    entries = {
        entry.row.holding_id: entry for entry in _entries(session, NOBODY, Published.holding_id.in_(narrowed.ids))
    }
    shown = tuple(entries[holding_id] for holding_id in narrowed.ids if holding_id in entries)
    phantoms = len(narrowed.ids) - len(shown)
    return Found(narrowed.count - phantoms, shown, narrowed.facets)


def _from_table(session: Session, viewer: Viewer, query: Query, listing: Listing) -> Found:
    ids, count, facets = table.search(session, viewer, query, listing)
    entries = {entry.row.holding_id: entry for entry in _entries(session, viewer, Published.holding_id.in_(ids))}
    return Found(count, tuple(entries[holding_id] for holding_id in ids if holding_id in entries), facets)


def _entries(session: Session, viewer: Viewer, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
    group: sa.Table = model.Group.__table__
    title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)
    rows: sa.Result[Any] = session.execute(
        published(viewer)
        .join(group, group.c.id == Published.unit_id)
        .join(Survey, Survey.id == Published.survey_id)
        .add_columns(group.c.id, group.c.name, title, Survey.fiscal_year, planned_on())
        .where(*conditions)
    )
    return [Entry(row[0], Unit(row[1], row[2], row[3]), row[4], row[5]) for row in rows]
