"""Counts who reads the feed: in Redis while an answer is on its way, in the database once a minute."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.lib.redis import connect_to_redis
from ckan.model.system_info import SystemInfo
from redis.exceptions import RedisError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.domain.readers import Reading, program
from ckanext.hokkaido_dcat.model import Visit

__all__ = ["KEPT_DAYS", "MOST_PROGRAMS", "note", "recent", "sweep"]

log = logging.getLogger(__name__)

#: Days are those of the portal's people.
_JAPAN = ZoneInfo("Asia/Tokyo")
#: For how long visits are kept.
KEPT_DAYS = 400
#: Programs that are counted by their own name on one day; whoever invents names cannot fill the table.
MOST_PROGRAMS = 200
_OTHERS = "*"
_COUNTS = ("requests", "unchanged", "finished")

#: Under this name the last sweep is remembered in the transaction that stores it, so that none is counted twice.
_SWEPT = "hokkaido_dcat_visits_swept"
_SWEEP = "sweep"
#: Seconds for which nothing is counted after Redis could not be reached; harvesters must not wait for it.
_REST = 30.0
_rest_until = 0.0


def _key() -> str:
    return f"hokkaido_dcat:{tk.config['ckan.site_id']}:visits"


def note(user_agent: str | None, reading: Reading, *, unchanged: bool, finished: bool) -> None:
    """Count one answer; never fails, and waits for nothing but Redis."""
    global _rest_until  # noqa: PLW0603 - one state a process is meant.
    if time.monotonic() < _rest_until:
        return
    moment = now()
    stem = f"{moment.astimezone(_JAPAN).date()}\t{program(user_agent)}\t{reading.value}\t"
    try:
        pipe = connect_to_redis().pipeline(transaction=False)
        pipe.hincrby(_key(), stem + "requests", 1)
        if unchanged:
            pipe.hincrby(_key(), stem + "unchanged", 1)
        if finished:
            pipe.hincrby(_key(), stem + "finished", 1)
        pipe.hsetnx(_key(), stem + "first_at", moment.isoformat())
        pipe.hset(_key(), stem + "last_at", moment.isoformat())
        pipe.execute()
    except RedisError:
        _rest_until = time.monotonic() + _REST
        log.warning("Feed: visits cannot be counted, Redis is away")


def sweep(session: Session) -> int:
    """Bring what was counted into the database; return the number of rows. The caller commits, then calls again.

    The counts are set aside under another name first, and go away only when a later sweep finds them stored.
    """
    redis, aside = connect_to_redis(), f"{_key()}:aside"
    if not redis.exists(aside):
        if not redis.exists(_key()):
            return 0
        redis.hset(_key(), _SWEEP, uuid.uuid4().hex)
        redis.rename(_key(), aside)
    counted = {key.decode(): value.decode() for key, value in redis.hgetall(aside).items()}
    token = counted.pop(_SWEEP)
    if session.execute(sa.select(SystemInfo.value).where(SystemInfo.key == _SWEPT)).scalar() == token:
        redis.delete(aside)
        return 0
    rows = list(_rows(session, counted))
    if rows:
        _add(session, rows)
    _remember(session, token)
    return len(rows)


def _rows(session: Session, counted: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what to add, one row a day, program and kind of reading."""
    grouped: dict[tuple[str, str, str], dict[str, str]] = {}
    for key, value in counted.items():
        day, name, reading, what = key.split("\t")
        grouped.setdefault((day, name, reading), {})[what] = value
    known = _programs(session, {date.fromisoformat(day) for day, _, _ in grouped})
    others: dict[tuple[date, str], dict[str, Any]] = {}
    for (day, name, reading), values in sorted(grouped.items()):
        row = _row(date.fromisoformat(day), name, reading, values)
        programs = known.setdefault(row["day"], set())
        if name in programs or len(programs) < MOST_PROGRAMS:
            programs.add(name)
            yield row
        else:
            _join(others, row)
    yield from others.values()


def _row(day: date, name: str, reading: str, values: dict[str, str]) -> dict[str, Any]:
    counts = {what: int(values.get(what, 0)) for what in _COUNTS}
    times = {what: datetime.fromisoformat(values[what]) for what in ("first_at", "last_at")}
    return {"day": day, "program": name, "reading": reading, **counts, **times}


def _join(others: dict[tuple[date, str], dict[str, Any]], row: dict[str, Any]) -> None:
    known = others.setdefault((row["day"], row["reading"]), {**row, "program": _OTHERS, **dict.fromkeys(_COUNTS, 0)})
    for what in _COUNTS:
        known[what] += row[what]
    known["first_at"] = min(known["first_at"], row["first_at"])
    known["last_at"] = max(known["last_at"], row["last_at"])


def _programs(session: Session, days: set[date]) -> dict[date, set[str]]:
    known: dict[date, set[str]] = {}
    for day, name in session.execute(sa.select(Visit.day, Visit.program).where(Visit.day.in_(days)).distinct()):
        known.setdefault(day, set()).add(name)
    return known


def _add(session: Session, rows: list[dict[str, Any]]) -> None:
    statement = insert(Visit.__table__)
    new, old = statement.excluded, Visit.__table__.c
    changed = {what: old[what] + new[what] for what in _COUNTS}
    changed["first_at"] = sa.func.least(old.first_at, new.first_at)
    changed["last_at"] = sa.func.greatest(old.last_at, new.last_at)
    session.execute(statement.on_conflict_do_update(index_elements=["day", "program", "reading"], set_=changed), rows)


def _remember(session: Session, token: str) -> None:
    statement = insert(SystemInfo.__table__).values(key=_SWEPT, value=token)
    session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": token}))
    oldest = now().astimezone(_JAPAN).date() - timedelta(days=KEPT_DAYS)
    session.execute(sa.delete(Visit).where(Visit.day < oldest), execution_options={"synchronize_session": False})


def recent(session: Session, days: int) -> list[dict[str, Any]]:
    """Return who read the feed in the last days, newest first: `{program, reading, requests, unchanged, finished, …}`.

    :param days: how many, today included.
    """
    since = now().astimezone(_JAPAN).date() - timedelta(days=days - 1)
    sums = [sa.func.sum(Visit.__table__.c[what]).label(what) for what in _COUNTS]
    last = sa.func.max(Visit.last_at).label("last_at")
    statement = (
        sa.select(Visit.program, Visit.reading, *sums, last)
        .where(Visit.day >= since)
        .group_by(Visit.program, Visit.reading)
        .order_by(last.desc(), Visit.program, Visit.reading)
    )
    return [
        {**row, "last_at": row["last_at"].isoformat()}
        for row in (dict(one) for one in session.execute(statement).mappings())
    ]
