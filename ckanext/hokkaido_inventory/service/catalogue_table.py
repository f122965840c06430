"""The catalogue searched in the database: for staff's own level, and for everybody while the index does not answer."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.index_query import FACETS, Query, words_of
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Published
from ckanext.hokkaido_inventory.service.stage import stage
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import published

__all__ = ["holds_anything", "search"]

Facets = dict[str, dict[str, int]]


def holds_anything(session: Session) -> bool:
    """Tell whether anything is listed for all."""
    return bool(session.scalar(sa.select(published().exists())))


def search(session: Session, viewer: Viewer, query: Query, listing: Listing) -> tuple[list[str], int, Facets]:
    """Return ids of a page, how many rows match, and the counts of each facet, in three statements.

    A facet is counted without its own choice, so that the choice can be changed.
    """
    base = _base(viewer, query, listing)
    conditions = _conditions(base, query)
    chosen = sa.and_(sa.true(), *conditions.values())
    count = session.scalar(sa.select(sa.func.count()).select_from(base).where(chosen)) or 0
    page = session.execute(
        sa.select(base.c.holding_id).where(chosen).order_by(*_order(base, query)).offset(query.start).limit(query.rows)
    ).scalars()
    return list(page), count, _facets(session, base, conditions)


def _base(viewer: Viewer, query: Query, listing: Listing) -> sa.CTE:
    """Select the rows that hold the words, with what they are narrowed and ordered by."""
    group: sa.Table = model.Group.__table__
    columns = [getattr(Published, name) for name in FACETS if name not in ("priority", "status")]
    holds = [Published.search_text.contains(word, autoescape=True) for word in words_of(query.words)]
    return (
        published(viewer)
        .join(group, group.c.id == Published.unit_id)
        .where(Published.listing == listing, *holds)
        .with_only_columns(
            Published.holding_id,
            Published.unit_id,
            Published.number,
            Published.title,
            Published.published_at,
            Published.priority.label("criteria"),
            sa.cast(Published.priority, sa.Text).label("priority"),
            stage().label("status"),
            sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name).label("unit_title"),
            *columns,
        )
        .cte("base")
    )


def _conditions(base: sa.CTE, query: Query) -> dict[str, sa.ColumnElement[bool]]:
    found = {name: base.c[name] == value for name, value in query.chosen.items() if name in FACETS}
    if query.units is not None:
        found["unit"] = base.c.unit_id.in_(query.units)
    return found


def _order(base: sa.CTE, query: Query) -> list[Any]:
    ways: dict[str, list[Any]] = {
        "title": [base.c.title],
        "priority": [base.c.criteria.desc().nulls_last(), base.c.title],
        "newest": [base.c.published_at.desc(), base.c.title],
    }
    return [*ways.get(query.sort, [base.c.unit_title, base.c.unit_id, base.c.number]), base.c.holding_id]


def _facets(session: Session, base: sa.CTE, conditions: dict[str, sa.ColumnElement[bool]]) -> Facets:
    """Count all facets in one statement."""
    parts = []
    for name in (*FACETS, "unit"):
        column = base.c.unit_id if name == "unit" else base.c[name]
        others = [condition for key, condition in conditions.items() if key != name]
        parts.append(
            sa.select(sa.literal(name), column, sa.func.count())
            .select_from(base)
            .where(column.is_not(None), *others)
            .group_by(column)
        )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, value, count in session.execute(sa.union_all(*parts)):
        found[name][value] = count
    return dict(found)
