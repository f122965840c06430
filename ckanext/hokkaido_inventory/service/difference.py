"""The difference between two published rounds: only what both say in public, never what was drafted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session, aliased

from ckanext.hokkaido_inventory.domain.difference import COMPARED, Kind, kinds_of
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Promotion, Published, Survey
from ckanext.hokkaido_inventory.service.unit import Unit

__all__ = ["Comparison", "Item", "Round", "rounds"]


@dataclass(frozen=True, slots=True)
class Round:
    """A round that is published, as far as anybody may know of it."""

    id: str
    title: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Item:
    """One holding that differs; `before` or `after` is absent where the round does not list it."""

    before: Published | None
    after: Published | None
    unit: Unit
    kinds: tuple[Kind, ...]

    @property
    def present(self) -> Published:
        """Return the copy of the later round, that of the earlier one when it has gone."""
        found = self.after or self.before
        if found is None:
            raise LookupError("A difference has at least one side")
        return found


def rounds(session: Session) -> list[Round]:
    """Return the rounds of which something is listed for all, newest first."""
    told = sa.select(Published.survey_id).where(Published.listing == Listing.PUBLIC)
    found = sa.select(Survey.id, Survey.title, Survey.fiscal_year).where(Survey.id.in_(told))
    rows = session.execute(found.order_by(Survey.fiscal_year.desc(), Survey.created_at.desc()))
    return [Round(*row) for row in rows]


class Comparison:
    """Two rounds side by side, joined by holding; older copies never tell more than the present one."""

    def __init__(self, earlier: str, later: str, units: Collection[str] | None = None) -> None:
        self._earlier, self._later, self._units = earlier, later, units
        self._before, self._after = _copies(earlier, "before"), _copies(later, "after")
        self._kinds = self._conditions()

    def count(self, session: Session) -> dict[Kind, int]:
        """Return how many holdings differ in each way, in one statement."""
        columns = [sa.func.count().filter(condition) for condition in self._kinds.values()]
        return dict(zip(self._kinds, session.execute(self._joined(*columns)).one(), strict=True))

    def count_by_unit(self, session: Session, kind: Kind | None = None) -> dict[str, int]:
        """Return how many holdings of each unit differ; `kind` counts only those that differ in this way."""
        unit_id = sa.func.coalesce(self._after.unit_id, self._before.unit_id)
        found = self._joined(unit_id, sa.func.count()).where(self._wanted(kind)).group_by(unit_id)
        return dict(session.execute(found).tuples().all())

    def items(
        self, session: Session, kind: Kind | None = None, *, start: int = 0, rows: int | None = None
    ) -> list[Item]:
        """Return the holdings that differ, by unit and number; `kind` leaves only those that differ in this way."""
        group: sa.Table = model.Group.__table__
        title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)
        number = sa.func.coalesce(self._after.number, self._before.number)
        opened = self._kinds[Kind.OPENED]
        found = (
            self._joined(self._before, self._after, group.c.id, group.c.name, title, opened)
            .where(self._wanted(kind))
            .order_by(title, group.c.id, number)
            .offset(start)
            .limit(rows)
        )
        return [_item(row) for row in session.execute(found)]

    def _wanted(self, kind: Kind | None) -> sa.ColumnElement[bool]:
        return self._kinds[kind] if kind else sa.or_(*self._kinds.values())

    def _joined(self, *columns: Any) -> sa.Select[Any]:
        group: sa.Table = model.Group.__table__
        unit_id = sa.func.coalesce(self._after.unit_id, self._before.unit_id)
        both = sa.join(self._before, self._after, self._after.holding_id == self._before.holding_id, full=True)
        found = sa.select(*columns).select_from(both).join(group, group.c.id == unit_id)
        return found if self._units is None else found.where(unit_id.in_(self._units))

    def _conditions(self) -> dict[Kind, sa.ColumnElement[bool]]:
        before, after = self._before, self._after
        both = sa.and_(before.id.is_not(None), after.id.is_not(None))
        other = [_value(before, name).is_distinct_from(_value(after, name)) for name in COMPARED]
        return {
            Kind.ADDED: before.id.is_(None),
            Kind.GONE: sa.and_(after.id.is_(None), self._unit_was_published()),
            Kind.RECLASSIFIED: sa.and_(both, before.decision != after.decision),
            Kind.CHANGED: sa.and_(both, sa.or_(*other)),
            Kind.OPENED: sa.and_(after.id.is_not(None), self._opened()),
        }

    def _unit_was_published(self) -> sa.ColumnElement[bool]:
        """Tell whether the later round speaks of the unit at all; where it does not, the earlier word stands."""
        units = sa.select(Published.unit_id).where(
            sa.or_(Published.survey_id == self._later, Published.superseded_by == self._later)
        )
        return self._before.unit_id.in_(units)

    def _opened(self) -> sa.ColumnElement[bool]:
        """Tell whether a holding has a public dataset now that was made after the earlier round was published."""
        package: sa.Table = model.Package.__table__
        resource: sa.Table = model.Resource.__table__
        since = sa.select(Survey.published_at).where(Survey.id == self._earlier).scalar_subquery()
        has_file = sa.exists().where(resource.c.package_id == package.c.id, resource.c.state == model.State.ACTIVE)
        opened = (
            sa.select(Promotion.holding_id)
            .join(package, package.c.id == Promotion.package_id)
            .where(
                package.c.state == model.State.ACTIVE,
                package.c.private.is_(False),
                has_file,
                Promotion.created_at > since,
            )
        )
        return self._after.holding_id.in_(opened)


def _copies(survey_id: str, name: str) -> Any:
    rows = sa.select(Published).where(Published.survey_id == survey_id, Published.listing == Listing.PUBLIC)
    return aliased(Published, rows.subquery(name), name=name)


def _value(row: Any, name: str) -> sa.ColumnElement[Any]:
    """Return a column; an empty text is no value, as in `changed_fields`, and so is the number 0."""
    column = getattr(row, name)
    if isinstance(column.type, sa.Text):
        return sa.func.nullif(column, "")
    return sa.func.nullif(column, 0) if isinstance(column.type, sa.Integer) else column


def _item(row: sa.Row[Any]) -> Item:
    before, after, opened = row[0], row[1], bool(row[5])
    kinds = kinds_of(_plain(before), _plain(after), opened=opened)
    return Item(before, after, Unit(row[2], row[3], row[4]), kinds)


def _plain(row: Published | None) -> dict[str, object] | None:
    return {name: getattr(row, name) for name in (*COMPARED, "decision")} if row else None
