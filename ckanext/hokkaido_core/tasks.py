"""Heavy work in the background (design D16): started in a transaction, run by CKAN's worker, watched on a page.

A task is a row. Its work is asked for through the outbox, so a task whose transaction was taken back never runs, and
the clock asks again for one that nobody has carried on (worker killed, Redis emptied). A lock of the database keeps two
workers from doing the same task; a task may run more than once, so its runner must be idempotent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy.orm import Session

from ckanext.hokkaido_core import outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.domain.task_state import TaskState
from ckanext.hokkaido_core.language import portal_request
from ckanext.hokkaido_core.model.task import Task

__all__ = ["Failed", "Running", "ask_again", "find", "run", "runner", "start"]

log = logging.getLogger(__name__)

#: Kind of the outbox message that asks for a task; its payload is `{"id": …}`.
MESSAGE = "core.task"
#: The longest a task may take, in seconds.
LONGEST = 2 * 60 * 60
#: A task that has given no sign of life for so long is asked for again.
SILENCE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
#: Progress is written at most so often, in seconds.
_STEP = 0.25

Runner = Callable[["Running"], dict[str, Any]]
_runners: dict[str, Runner] = {}


class Failed(Exception):
    """The work cannot be done, for a reason that people understand and another attempt does not mend."""


@dataclass(slots=True)
class Running:
    """A task while it runs: what it is asked to do, for whom, and the way to say how far it is."""

    id: str
    payload: dict[str, Any]
    owner_id: str | None
    _connection: sa.Connection = field(repr=False)
    _written: float = 0.0

    def progress(self, done: int, total: int) -> None:
        """Say how many of how many steps are done; visible at once, whatever becomes of the work's transaction."""
        if done < total and time.monotonic() - self._written < _STEP:
            return
        self._written = time.monotonic()
        _record(self._connection, self.id, done=done, total=total, seen_at=now())


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register the function that does tasks of a kind; it returns the task's result as a JSON object."""

    def register(function: Runner) -> Runner:
        _runners[kind] = function
        return function

    return register


def start(session: Session, kind: str, payload: dict[str, Any], *, owner_id: str | None, title: str) -> str:
    """Write a task in the caller's transaction and return its id; it runs once that transaction is committed.

    :param payload: JSON object; ids only, never the text of something that is not public.
    :param title: what is being done, in the owner's language.
    """
    task = Task(id=make_uuid(), kind=kind, title=title, payload=payload, owner_id=owner_id, state=TaskState.WAITING)
    session.add(task)
    session.flush()
    outbox.put(session, MESSAGE, {"id": task.id}, key=task.id)
    return task.id


def find(session: Session, task_id: str, kind: str | None = None) -> Task | None:
    """Return a task as it is now; nothing for one of another kind where a kind is told."""
    wanted = sa.select(Task).where(Task.id == task_id)
    if kind is not None:
        wanted = wanted.where(Task.kind == kind)
    return session.execute(wanted.execution_options(populate_existing=True)).scalar_one_or_none()


@outbox.handler(MESSAGE)
def _ask(payload: dict[str, Any]) -> None:
    """Hand a task to the worker, with more time than other jobs get."""
    tk.enqueue_job(run, [payload["id"]], title="hokkaido task", rq_kwargs={"timeout": LONGEST})


def ask_again() -> int:
    """Ask for tasks that nobody carries on, and return how many they are; a duty of the clock."""
    silent = now() - SILENCE
    session = model.Session()
    found = session.execute(
        sa.select(Task.id).where(Task.finished_at.is_(None), sa.func.coalesce(Task.seen_at, Task.created_at) < silent)
    ).scalars()
    ids = list(found)
    for task_id in ids:
        outbox.put(session, MESSAGE, {"id": task_id}, key=task_id)
    session.commit()
    return len(ids)


def run(task_id: str) -> None:
    """Do a task, unless it is finished or another worker is at it."""
    with _own_connection() as connection, _alone(connection, task_id) as alone:
        if not alone:
            return
        task = connection.execute(sa.select(Task.__table__).where(Task.id == task_id)).one_or_none()
        if task is None or task.finished_at is not None:
            return
        if task.attempts >= MOST_ATTEMPTS:
            _end(connection, task_id, TaskState.FAILED, message=tk._("It was tried several times without success."))
            return
        _record(connection, task_id, state=TaskState.RUNNING, attempts=task.attempts + 1, seen_at=now())
        with portal_request():
            _work(connection, task)


def _work(connection: sa.Connection, task: sa.Row[Any]) -> None:
    try:
        result = _runners[task.kind](Running(task.id, dict(task.payload), task.owner_id, connection))
    except Failed as failure:
        model.Session.rollback()
        _end(connection, task.id, TaskState.FAILED, message=str(failure))
    except Exception:
        # The boundary of a background job: whatever went wrong is recorded, and the clock asks again.
        log.exception("Task %s of kind %s failed", task.id, task.kind)
        model.Session.rollback()
        _give_back(connection, task.id, task.attempts + 1)
    else:
        _end(connection, task.id, TaskState.DONE, result=result)
    finally:
        model.Session.remove()


def _give_back(connection: sa.Connection, task_id: str, attempts: int) -> None:
    if attempts < MOST_ATTEMPTS:
        _record(connection, task_id, state=TaskState.WAITING, seen_at=now())
        return
    message = tk._(
        "Something went wrong that the portal could not mend. Tell the administrator the address of this page."
    )
    _end(connection, task_id, TaskState.FAILED, message=message)


def _end(connection: sa.Connection, task_id: str, state: TaskState, **values: Any) -> None:
    _record(connection, task_id, state=state, finished_at=now(), seen_at=now(), **values)


def _record(connection: sa.Connection, task_id: str, **values: Any) -> None:
    connection.execute(sa.update(Task.__table__).where(Task.__table__.c.id == task_id).values(**values))


@contextmanager
def _own_connection() -> Iterator[sa.Connection]:
    """Yield a connection beside the work's own transaction, so that progress is seen while that is open."""
    engine = model.meta.engine
    if engine is None:
        raise RuntimeError("The database is not initialised")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Out of the pool: given back to it, the connection would keep a lock after this process was killed.
        connection.detach()
        yield connection


@contextmanager
def _alone(connection: sa.Connection, task_id: str) -> Iterator[bool]:
    key = {"key": f"hokkaido_task:{task_id}"}
    taken = connection.execute(sa.text("SELECT pg_try_advisory_lock(hashtext(:key))"), key).scalar_one()
    try:
        yield taken
    finally:
        if taken:
            connection.execute(sa.text("SELECT pg_advisory_unlock(hashtext(:key))"), key)
