"""Units: the organisations of CKAN that answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.refusal import UnknownUnits

__all__ = ["Place", "Unit", "find_unit", "ids_below", "resolve_units", "tree", "units_by_id"]


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation, as far as lists show it."""

    id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with its kind, the unit above it and the code of its area."""

    unit: Unit
    kind: str
    parent: str | None
    code: str = ""


def tree(session: Session) -> list[Place]:
    """Return every active organisation with its kind and parent, by title, in one statement."""
    group: sa.Table = model.Group.__table__
    member: sa.Table = model.Member.__table__
    parent = group.alias("parent")
    above = (
        sa.select(member.c.group_id, sa.func.min(parent.c.id).label("parent_id"))
        .join(parent, sa.and_(parent.c.id == member.c.table_id, parent.c.state == "active"))
        .where(member.c.table_name == "group", member.c.state == "active")
        .group_by(member.c.group_id)
        .subquery()
    )
    rows = session.execute(
        _units()
        .add_columns(group.c.extras["kind"].astext, above.c.parent_id, group.c.extras["code"].astext)
        .outerjoin(above, above.c.group_id == group.c.id)
        .where(group.c.state == "active")
        .order_by(_title(), group.c.name)
    )
    return [Place(Unit(*row[:3]), row[3] or "", row[4], row[5] or "") for row in rows]


def ids_below(places: Sequence[Place], reference: str) -> frozenset[str]:
    """Return the ids of a unit and of all units below it; none for a unit that does not exist."""
    found = {place.unit.id for place in places if reference in (place.unit.id, place.unit.name)}
    added = found
    while added:
        added = {place.unit.id for place in places if place.parent in added} - found
        found = found | added
    return frozenset(found)


def _title() -> sa.ColumnElement[str]:
    group: sa.Table = model.Group.__table__
    return sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)


def _units() -> sa.Select[tuple[str, str, str]]:
    group: sa.Table = model.Group.__table__
    return sa.select(group.c.id, group.c.name, _title()).where(group.c.is_organization.is_(True))


def find_unit(session: Session, reference: str) -> Unit | None:
    """Return the active organisation with this id or name."""
    return next(iter(_find(session, [reference])), None)


def resolve_units(session: Session, references: Sequence[str]) -> list[Unit]:
    """Return the active organisations with these ids or names, each once, in the order given.

    :raises UnknownUnits: when one of them is no active organisation.
    """
    found = _find(session, references)
    known = {unit.id: unit for unit in found} | {unit.name: unit for unit in found}
    unknown = [reference for reference in references if reference not in known]
    if unknown:
        raise UnknownUnits(unknown)
    return list(dict.fromkeys(known[reference] for reference in references))


def units_by_id(session: Session, ids: Collection[str]) -> dict[str, Unit]:
    """Return organisations by id, also those that were deleted since: history keeps their names."""
    group: sa.Table = model.Group.__table__
    rows = session.execute(_units().where(group.c.id.in_(set(ids))))
    return {row[0]: Unit(*row) for row in rows}


def _find(session: Session, references: Collection[str]) -> list[Unit]:
    group: sa.Table = model.Group.__table__
    wanted = set(references)
    rows = session.execute(
        _units().where(group.c.state == "active", sa.or_(group.c.id.in_(wanted), group.c.name.in_(wanted)))
    )
    return [Unit(*row) for row in rows]
