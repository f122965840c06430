"""Tasks in the background: run after the commit, at least once, by one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import outbox, tasks
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage
from ckanext.hokkaido_core.model.task import Task


@pytest.fixture
def kinds() -> Iterator[list[dict[str, Any]]]:
    """Register a kind that counts to three, one that is refused, and one that breaks."""
    seen: list[dict[str, Any]] = []

    @tasks.runner("test.count")
    def count(task: tasks.Running) -> dict[str, Any]:
        for step in range(1, 4):
            task.progress(step, 3)
            seen.append({"done": _of(task.id).done, "owner": task.owner_id, **task.payload})
        return {"counted": 3}

    @tasks.runner("test.refused")
    def refused(_task: tasks.Running) -> dict[str, Any]:
        raise tasks.Failed("容量が足りません。")

    @tasks.runner("test.broken")
    def broken(_task: tasks.Running) -> dict[str, Any]:
        raise ZeroDivisionError

    yield seen
    for kind in ("count", "refused", "broken"):
        tasks._runners.pop(f"test.{kind}")
    model.Session.rollback()
    model.Session.execute(sa.delete(Task))
    model.Session.execute(sa.delete(OutboxMessage))
    model.Session.commit()


def _of(task_id: str) -> sa.Row[Any]:
    with model.meta.engine.connect() as connection:
        return connection.execute(sa.select(Task.__table__).where(Task.__table__.c.id == task_id)).one()


def _started(kind: str) -> str:
    task_id = tasks.start(model.Session(), kind, {"n": 1}, owner_id="someone", title="数える")
    model.Session.commit()
    return task_id


def test_progress_is_seen_before_the_work_is_committed(kinds: list[dict[str, Any]]) -> None:
    task_id = _started("test.count")
    tasks.run(task_id)
    assert kinds[-1] == {"done": 3, "owner": "someone", "n": 1}
    done = _of(task_id)
    assert (done.state, done.done, done.total, done.result) == ("done", 3, 3, {"counted": 3})


def test_a_finished_task_does_not_run_again(kinds: list[dict[str, Any]]) -> None:
    task_id = _started("test.count")
    tasks.run(task_id)
    tasks.run(task_id)
    assert len(kinds) == 3


def test_a_task_of_a_transaction_that_was_taken_back_never_was(kinds: list[dict[str, Any]]) -> None:
    tasks.start(model.Session(), "test.count", {}, owner_id=None, title="x")
    model.Session.rollback()
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Task)) == 0
    assert outbox.pending(model.Session()) == 0


def test_a_refusal_is_told_in_its_own_words_and_not_tried_again(kinds: list[dict[str, Any]]) -> None:
    task_id = _started("test.refused")
    tasks.run(task_id)
    assert (_of(task_id).state, _of(task_id).message) == ("failed", "容量が足りません。")


def test_a_broken_task_is_tried_three_times_and_then_fails(kinds: list[dict[str, Any]]) -> None:
    """FA-06: a poisoned job does not block the queue for ever."""
    task_id = _started("test.broken")
    states = []
    for _ in range(4):
        tasks.run(task_id)
        states.append((_of(task_id).state, _of(task_id).attempts))
    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3), ("failed", 3)]
    assert _of(task_id).message


def test_two_workers_do_not_do_the_same_task(kinds: list[dict[str, Any]]) -> None:
    """FA-06: the second of two workers leaves the task alone."""
    task_id = _started("test.count")
    with tasks._own_connection() as other, tasks._alone(other, task_id) as alone:
        assert alone
        tasks.run(task_id)
        assert kinds == []
    tasks.run(task_id)
    assert len(kinds) == 3


def test_a_task_that_nobody_carries_on_is_asked_for_again(kinds: list[dict[str, Any]]) -> None:
    """FA-03, FA-06: a worker that was killed, or a queue that was emptied, loses no task."""
    task_id = _started("test.count")
    assert tasks.ask_again() == 0
    model.Session.execute(sa.update(Task).values(seen_at=now() - timedelta(minutes=3), state="running"))
    model.Session.commit()
    assert tasks.ask_again() == 1
    tasks.run(task_id)
    assert _of(task_id).state == "done"
