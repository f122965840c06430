"""The clock: what is due is done, and one clock is enough."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import clock


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Run with no other duty registered, and stop at the end of the test."""
    monkeypatch.setattr(clock, "_ticks", {})
    stop = threading.Event()
    yield stop
    stop.set()


def test_a_tick_is_run_again_and_again(only: threading.Event) -> None:
    runs: list[int] = []

    @clock.every(seconds=0, name="count")
    def count() -> None:
        runs.append(1)
        if len(runs) == 3:
            only.set()

    clock.run(only, step=0)
    assert len(runs) == 3


def test_a_failing_tick_does_not_stop_the_others(only: threading.Event) -> None:
    @clock.every(seconds=0, name="broken")
    def broken() -> None:
        raise RuntimeError("broken")

    @clock.every(seconds=0, name="sound")
    def sound() -> None:
        only.set()

    clock.run(only, step=0)
    assert only.is_set()


def test_a_duty_beside_the_others_holds_none_of_them_up(only: threading.Event) -> None:
    runs: list[str] = []
    over = threading.Event()

    @clock.every(seconds=0, name="long", beside=True)
    def work() -> None:
        runs.append("long")
        over.wait(30)

    @clock.every(seconds=0, name="short")
    def count() -> None:
        runs.append("short")
        if runs.count("short") == 3:
            only.set()

    clock.run(only, step=0)
    over.set()
    assert sorted(runs) == ["long", "short", "short", "short"]


def test_a_duty_beside_the_others_is_run_again_after_its_end_even_where_it_failed(only: threading.Event) -> None:
    runs: list[int] = []

    @clock.every(seconds=0, name="broken", beside=True)
    def broken() -> None:
        runs.append(1)
        if len(runs) == 2:
            only.set()
        raise RuntimeError("broken")

    clock.run(only, step=0.01)
    assert len(runs) == 2


def test_a_second_clock_waits_for_the_first(only: threading.Event) -> None:
    runs: list[int] = []
    clock.every(seconds=0, name="count")(lambda: runs.append(1))
    with model.meta.engine.connect() as connection:
        # Out of the pool, which would keep the connection and with it the lock.
        connection.detach()
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": clock.LOCK_KEY})
        waiting = threading.Thread(target=clock.run, args=(only,))
        waiting.start()
        waiting.join(timeout=0.3)
        only.set()
        waiting.join(timeout=5)
    assert runs == []
    assert not waiting.is_alive()


def test_a_clock_that_lost_its_lock_takes_it_again(only: threading.Event) -> None:
    runs: list[int] = []

    @clock.every(seconds=0, name="lose the lock")
    def lose() -> None:
        runs.append(_holder())
        if len(runs) == 1:
            model.Session.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": runs[0]})
            model.Session.commit()
        if len(set(runs)) == 2:
            only.set()

    running = threading.Thread(target=clock.run, args=(only,), kwargs={"step": 0.01})
    running.start()
    running.join(timeout=30)
    assert len(set(runs)) == 2


def _holder() -> int:
    """Return the backend that holds the clock's lock."""
    held = sa.text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :key AND granted")
    return model.Session.execute(held, {"key": clock.LOCK_KEY}).scalar_one()
