"""The plan of openings: which holding is to be opened until when, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.refusal import NothingToOpen, OpeningInPast
from ckanext.hokkaido_inventory.model import Answer, Holding, Opening, Published, Response
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import published

__all__ = ["Entry", "Page", "find_holding", "list_visible", "lock", "plan"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A holding with its plan (none: no day yet) and what the public copy says of it (none: not published)."""

    holding_id: str
    unit_id: str
    number: int
    title: str
    opening: Opening | None
    published: Published | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries and how many there are."""

    count: int
    entries: tuple[Entry, ...]


def list_visible(
    session: Session, viewer: Viewer, *, unit_id: str | None, unplanned: bool, start: int, rows: int
) -> Page:
    """Return the plan of the units whose inside the viewer may see, the next day first, in two statements.

    :param unplanned: whether holdings that could be opened, now or in some way, and have no day yet are listed as well.
    """
    found = _joined(sa.select(Holding), viewer, unit_id, unplanned=unplanned)
    count = session.scalar(sa.select(sa.func.count()).select_from(found.with_only_columns(Holding.id).subquery()))
    page = session.execute(
        found.add_columns(_title(), Opening, Published)
        .order_by(Opening.planned_on.nulls_last(), Holding.unit_id, Holding.number)
        .offset(start)
        .limit(rows)
    )
    return Page(count or 0, tuple(_entry(row) for row in page))


def find_holding(session: Session, viewer: Viewer, holding_id: str) -> Holding | None:
    """Return a holding whose existence the viewer may know of: one of their units, or one listed for all."""
    known = published().where(Published.holding_id == Holding.id, Published.listing == Listing.PUBLIC).exists()
    found = sa.select(Holding).where(Holding.id == holding_id)
    if not viewer.runs_surveys:
        found = found.where(sa.or_(Holding.unit_id.in_(viewer.reads), known))
    return session.execute(found).scalar_one_or_none()


def lock(session: Session, holding_id: str) -> Entry:
    """Return a holding with its plan, locked until the transaction ends: two plans at once follow one another."""
    session.execute(sa.select(Holding.id).where(Holding.id == holding_id).with_for_update())
    found = _outer(sa.select(Holding)).add_columns(_title(), Opening, Published).where(Holding.id == holding_id)
    return _entry(session.execute(found.execution_options(populate_existing=True)).one())


def plan(
    session: Session,
    entry: Entry,
    *,
    planned_on: date | None,
    note: str,
    today: date,
    actor_id: str | None,
    at: datetime,
) -> bool:
    """Set or take away the day of a locked holding, and tell whether anything changed.

    :raises OpeningInPast: for a day before today that is not the one planned already.
    :raises NothingToOpen: when the holding is published as 公開不可.
    """
    present = entry.opening
    if planned_on is None:
        if present is not None:
            session.delete(present)
            session.flush()
        return present is not None
    if present is not None and (present.planned_on, present.note) == (planned_on, note):
        return False
    if planned_on < today and (present is None or present.planned_on != planned_on):
        raise OpeningInPast(planned_on)
    if entry.published is not None and entry.published.decision == Decision.CLOSED:
        raise NothingToOpen
    if present is None:
        present = Opening(holding_id=entry.holding_id)
        session.add(present)
    present.planned_on, present.note = planned_on, note
    present.updated_at, present.updated_by = at, actor_id
    session.flush()
    return True


def _outer(found: sa.Select[Any]) -> sa.Select[Any]:
    return found.outerjoin(Opening, Opening.holding_id == Holding.id).outerjoin(
        Published, sa.and_(Published.holding_id == Holding.id, Published.superseded_by.is_(None))
    )


def _joined(found: sa.Select[Any], viewer: Viewer, unit_id: str | None, *, unplanned: bool) -> sa.Select[Any]:
    found = _outer(found)
    if unit_id is not None:
        found = found.where(Holding.unit_id == unit_id)
    if not viewer.runs_surveys:
        found = found.where(Holding.unit_id.in_(viewer.reads))
    wanted = Opening.id.is_not(None)
    if unplanned:
        wanted = sa.or_(wanted, Published.decision.in_((Decision.OPEN, Decision.METHOD)))
    return found.where(wanted)


def _title() -> sa.ColumnElement[str]:
    """Return the published title, else the last one that the unit wrote: a withheld title is blank in the copy."""
    last = (
        sa.select(Answer.title)
        .join(Response, Response.id == Answer.response_id)
        .where(Answer.holding_id == Holding.id)
        .order_by(Response.created_at.desc())
        .limit(1)
        .correlate(Holding)
        .scalar_subquery()
    )
    return sa.func.coalesce(sa.func.nullif(Published.title, ""), last, "")


def _entry(row: sa.Row[Any]) -> Entry:
    holding, title, opening, copy = row
    return Entry(holding.id, holding.unit_id, holding.number, title, opening, copy)
