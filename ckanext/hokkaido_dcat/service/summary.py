"""How the feed stands, in figures for everybody."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.domain.quality import BEST, rating
from ckanext.hokkaido_dcat.model import Entry, State
from ckanext.hokkaido_dcat.service import changes, dump, stream, visits
from ckanext.hokkaido_dcat.service.quality import rules

__all__ = ["measurable", "scores", "summary"]

#: Seconds for which a process remembers the figures; the page says of which moment they are.
FRESH = 60.0
#: How many of the newest deletions are shown.
_DELETIONS = 10
_READERS_DAYS = 30

_package = model.package_table
_group = model.group_table
_remembered: dict[Any, tuple[float, dict[str, Any]]] = {}


def measurable() -> int:
    """Return the points that can be measured from descriptions; the others depend on answers of other servers."""
    return sum(one.points for one in rules().indicators if one.measure)


def summary(session: Session) -> dict[str, Any]:
    """Return the figures of the whole portal: at most a minute old, and never from before the last change.

    `{at, datasets, waiting, withdrawn, last_change, dumps, deletions, quality, organizations, readers}`;
    `quality` as of `_quality`, `organizations` a list of `{id, name, title, datasets, points, rating}`.
    """
    standing = changes.standing(session)
    stood = (standing.position, standing.at)
    known = _remembered.get(stood)
    if known is None or time.monotonic() - known[0] > FRESH:
        known = (time.monotonic(), _summary(session))
        _remembered.clear()
        _remembered[stood] = known
    return known[1]


def _summary(session: Session) -> dict[str, Any]:
    standing = changes.standing(session)
    states = session.execute(sa.select(Entry.state, sa.func.count()).group_by(Entry.state))
    counts = dict(states.all())
    dirty = session.execute(sa.select(sa.func.count()).where(Entry.dirty)).scalar_one()
    return {
        "at": now().isoformat(),
        "datasets": standing.total,
        "waiting": dirty,
        "withdrawn": counts.get(State.WITHDRAWN, 0),
        "last_change": standing.at.isoformat() if standing.at else None,
        "dumps": dump.state(session),
        "deletions": stream.newest_deletions(session, _DELETIONS),
        "quality": _quality(session),
        "organizations": _organizations(session),
        "readers": visits.recent(session, _READERS_DAYS),
        "readers_days": _READERS_DAYS,
    }


def _described() -> sa.ColumnElement[bool]:
    return sa.and_(Entry.state == State.PUBLISHED, Entry.quality.is_not(None))


def _points() -> sa.ColumnElement[float]:
    return sa.cast(Entry.quality["points"].astext, sa.Float)


def _quality(session: Session) -> dict[str, Any]:
    """Return `{datasets, points, measurable, best, rating, ratings, rejected, indicators, lacking}`.

    `points` is the mean; `ratings` counts datasets by rating; `rejected` counts by consumer the datasets that it would
    refuse; `indicators` is a list of `{name, dimension, points, share}`; `lacking` of `{consumer, severity, field,
    datasets}`, the most frequent first.
    """
    count, mean = session.execute(sa.select(sa.func.count(), sa.func.avg(_points())).where(_described())).one()
    every = session.execute(sa.select(_points()).where(_described())).scalars()
    ratings: dict[str, int] = {}
    for points in every:
        ratings[rating(points)] = ratings.get(rating(points), 0) + 1
    return {
        "datasets": count,
        "points": round(mean, 1) if count else None,
        "measurable": measurable(),
        "best": BEST,
        "rating": rating(mean) if count else None,
        "ratings": ratings,
        "indicators": _indicators(session),
        "rejected": _rejected(session),
        "lacking": _lacking(session),
    }


def _indicators(session: Session) -> list[dict[str, Any]]:
    shares = sa.func.jsonb_each_text(Entry.quality["shares"]).table_valued("key", "value")
    statement = (
        sa.select(shares.c.key, sa.func.avg(sa.cast(shares.c.value, sa.Float)))
        .select_from(sa.join(Entry.__table__, shares, sa.true()))
        .where(_described())
        .group_by(shares.c.key)
    )
    means = dict(session.execute(statement).all())
    return [
        {"name": one.name, "dimension": one.dimension, "points": one.points, "share": means.get(one.name)}
        for one in rules().indicators
    ]


def _rejected(session: Session) -> dict[str, int]:
    counts = sa.func.jsonb_each_text(Entry.quality["counts"]).table_valued("key", "value")
    statement = (
        sa.select(counts.c.key, sa.func.count())
        .select_from(sa.join(Entry.__table__, counts, sa.true()))
        .where(_described(), counts.c.key.like("%:rejected"))
        .group_by(counts.c.key)
    )
    return {key.partition(":")[0]: count for key, count in session.execute(statement)}


def _lacking(session: Session) -> list[dict[str, Any]]:
    items = sa.func.jsonb_array_elements_text(Entry.quality["lacking"]).table_valued("value")
    number = sa.func.count().label("number")
    statement = (
        sa.select(items.c.value, number)
        .select_from(sa.join(Entry.__table__, items, sa.true()))
        .where(_described())
        .group_by(items.c.value)
        .order_by(number.desc(), items.c.value)
    )
    found = []
    for value, count in session.execute(statement):
        consumer, severity, field = value.split(":", 2)
        found.append({"consumer": consumer, "severity": severity, "field": field, "datasets": count})
    return found


def _organizations(session: Session) -> list[dict[str, Any]]:
    mean = sa.func.avg(_points())
    statement = (
        sa.select(_group.c.id, _group.c.name, _group.c.title, sa.func.count().label("datasets"), mean.label("points"))
        .select_from(Entry.__table__)
        .join(_package, _package.c.id == Entry.dataset_id)
        .join(_group, _group.c.id == _package.c.owner_org)
        .where(_described())
        .group_by(_group.c.id, _group.c.name, _group.c.title)
        .order_by(mean.desc(), _group.c.title)
    )
    return [
        {**row, "points": round(row["points"], 1), "rating": rating(row["points"])}
        for row in (dict(one) for one in session.execute(statement).mappings())
    ]


def scores(session: Session, organization: str, limit: int, offset: int) -> dict[str, Any]:
    """Return public datasets with their points, the fewest first.

    :param organization: id of an organisation, or "" for all.
    :returns: `{count, items}`, items `{id, name, title, points, rating, counts}`.
    """
    where = [_described()]
    if organization:
        where.append(_package.c.owner_org == organization)
    joined = sa.join(Entry.__table__, _package, _package.c.id == Entry.dataset_id)
    count = session.execute(sa.select(sa.func.count()).select_from(joined).where(*where)).scalar_one()
    columns = (_package.c.id, _package.c.name, _package.c.title, _points().label("points"), Entry.quality)
    statement = sa.select(*columns).select_from(joined).where(*where).order_by(_points(), _package.c.id)
    items = [
        {
            "id": row.id,
            "name": row.name,
            "title": row.title,
            "points": round(row.points, 1),
            "rating": rating(row.points),
            "counts": row.quality["counts"],
        }
        for row in session.execute(statement.limit(limit).offset(offset))
    ]
    return {"count": count, "items": items}
