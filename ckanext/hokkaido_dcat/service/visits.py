"""Counts who reads the feed: in memory for a second, in Redis for a minute, then in the database."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.lib.redis import connect_to_redis
from ckan.model.system_info import SystemInfo
from redis.exceptions import RedisError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.domain.readers import Reading, program
from ckanext.hokkaido_dcat.model import Visit

__all__ = ["KEPT_DAYS", "MOST_PROGRAMS", "bring", "note", "recent", "sweep"]

log = logging.getLogger(__name__)

#: For how long visits are kept.
KEPT_DAYS = 400
#: Programs that are counted by their own name on one day; whoever invents names cannot fill the table.
MOST_PROGRAMS = 200
_OTHERS = "*"
_COUNTS = ("requests", "unchanged", "finished")

#: Under this name the last sweep is remembered in the transaction that stores it, so that none is counted twice.
_SWEPT = "hokkaido_dcat_visits_swept"
_SWEEP = "sweep"
#: Seconds after which a process brings to Redis what it has counted; harvesters wait for none of it.
_LINGER = 1.0
#: Names that a process keeps apart while Redis is away.
_MOST_HELD = 1000


def _key() -> str:
    return f"hokkaido_dcat:{tk.config['ckan.site_id']}:visits"


@dataclass(slots=True)
class _Count:
    first_at: datetime
    last_at: datetime
    requests: int = 0
    unchanged: int = 0
    finished: int = 0


class _Held:
    """What this process has counted and not yet brought to Redis."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, _Count] = {}
        self._timer: threading.Timer | None = None
        self._process = os.getpid()

    def add(self, name: str, reading: Reading, *, unchanged: bool, finished: bool) -> None:
        """Count one answer, and see to it that it is brought away soon."""
        moment, key = now(), _key()
        day = moment.astimezone(JAPAN).date()
        with self._lock:
            if self._process != os.getpid():
                # What was counted before a fork is the parent's, and so is its timer.
                self._counts, self._timer, self._process = {}, None, os.getpid()
            if len(self._counts) >= _MOST_HELD:
                name = _OTHERS
            one = self._counts.setdefault(f"{key}\n{day}\t{name}\t{reading.value}\t", _Count(moment, moment))
            one.last_at = moment
            one.requests += 1
            one.unchanged += unchanged
            one.finished += finished
            if self._timer is None:
                self._timer = threading.Timer(_LINGER, self.bring)
                self._timer.daemon = True
                self._timer.start()

    def bring(self) -> None:
        """Bring everything to Redis; what cannot be brought is kept for the next time."""
        with self._lock:
            counts, self._counts, self._timer = self._counts, {}, None
        if not counts:
            return
        try:
            pipe = connect_to_redis().pipeline()
            for place, one in counts.items():
                key, stem = place.split("\n")
                for what in _COUNTS:
                    pipe.hincrby(key, stem + what, getattr(one, what))
                pipe.hsetnx(key, stem + "first_at", one.first_at.isoformat())
                pipe.hset(key, stem + "last_at", one.last_at.isoformat())
            pipe.execute()
        except RedisError:
            log.warning("Feed: visits wait in memory, Redis is away")
            self._keep(counts)

    def _keep(self, counts: dict[str, _Count]) -> None:
        with self._lock:
            for place, one in counts.items():
                known = self._counts.setdefault(place, one)
                if known is not one:
                    known.first_at = one.first_at
                    for what in _COUNTS:
                        setattr(known, what, getattr(known, what) + getattr(one, what))


_held = _Held()
atexit.register(_held.bring)


def note(user_agent: str | None, reading: Reading, *, unchanged: bool, finished: bool) -> None:
    """Count one answer; it reaches Redis within a second or so, and waits in memory while Redis is away."""
    _held.add(program(user_agent), reading, unchanged=unchanged, finished=finished)


def bring() -> None:
    """Bring to Redis at once what this process has counted."""
    _held.bring()


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
    oldest = now().astimezone(JAPAN).date() - timedelta(days=KEPT_DAYS)
    session.execute(sa.delete(Visit).where(Visit.day < oldest), execution_options={"synchronize_session": False})


def recent(session: Session, days: int) -> list[dict[str, Any]]:
    """Return who read the feed in the last days, newest first: `{program, reading, requests, unchanged, finished, …}`.

    :param days: how many, today included.
    """
    since = now().astimezone(JAPAN).date() - timedelta(days=days - 1)
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
