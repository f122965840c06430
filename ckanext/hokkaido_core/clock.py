"""The clock: one process that runs what is due by time (outbox sweep, reminders, dumps, harvests).

Ticks are registered by the plugins that own the work. A lock in the database keeps a second clock waiting.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from ckan import model

__all__ = ["Tick", "every", "run", "ticks"]

log = logging.getLogger(__name__)

#: Advisory lock key of the clock: one clock per database.
LOCK_KEY = 4_770_001


@dataclass
class Tick:
    """Something to do again and again."""

    name: str
    seconds: float
    function: Callable[[], object]
    beside: bool = False
    due_at: float = field(default=0.0)
    thread: threading.Thread | None = field(default=None)


_ticks: dict[str, Tick] = {}


def every(*, seconds: float, name: str, beside: bool = False) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function without parameters to be run about every `seconds` seconds under a unique `name`.

    :param beside: run it in a thread of its own, one at a time: its work grows with the portal, and other duties must
        not wait for it. It may be killed with the clock at any moment, so it leaves nothing half done.
    """

    def register(function: Callable[[], object]) -> Callable[[], object]:
        _ticks[name] = Tick(name, seconds, function, beside)
        return function

    return register


def ticks() -> tuple[Tick, ...]:
    """Return what is registered, in the order of registration."""
    return tuple(_ticks.values())


def run(stop: threading.Event, *, step: float = 0.5) -> None:
    """Run every due tick until `stop` is set; a tick that fails is logged and comes again at its next time.

    When the connection that holds the lock is lost (the database was restarted), the clock stands still until it has
    the lock again: another clock may have taken it in the meantime.
    """
    while not stop.is_set():
        try:
            with _only_clock(stop) as lock:
                _run_while_alone(lock, stop, step)
        except sa.exc.OperationalError:
            log.warning("Clock: the database is away; trying again")
            stop.wait(1)


def _run_while_alone(lock: sa.Connection, stop: threading.Event, step: float) -> None:
    while not stop.is_set():
        lock.execute(sa.text("SELECT 1"))
        for tick in ticks():
            _run_if_due(tick)
        stop.wait(step)


def _run_if_due(tick: Tick) -> None:
    if time.monotonic() < tick.due_at or (tick.thread and tick.thread.is_alive()):
        return
    if tick.beside:
        tick.thread = threading.Thread(target=_run, args=(tick,), name=tick.name, daemon=True)
        tick.thread.start()
    else:
        _run(tick)


def _run(tick: Tick) -> None:
    try:
        tick.function()
    except Exception:
        # The boundary of the clock: one failing duty must not stop the others.
        log.exception("Clock: %s failed", tick.name)
        model.Session.rollback()
    finally:
        model.Session.remove()
        tick.due_at = time.monotonic() + tick.seconds


@contextmanager
def _only_clock(stop: threading.Event) -> Iterator[sa.Connection]:
    """Wait for the clock's lock, held by a connection of its own, and yield that connection (or give up at `stop`)."""
    engine = model.meta.engine
    if engine is None:
        raise RuntimeError("The database is not initialised")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Out of the pool: given back to it, the connection would keep the lock after the clock has ended.
        connection.detach()
        alone = False
        while not alone and not stop.is_set():
            alone = connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}).scalar_one()
            if not alone:
                stop.wait(1)
        yield connection
