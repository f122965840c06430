"""Writes the whole feed again: in batches, from where it was stopped, and by several processes at once.

The processes read and render side by side, but write in turn, so that new datasets get their places in the order in
which they were created.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import IO, Self

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.model.system_info import delete_system_info, get_system_info, set_system_info
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.service import health, store
from ckanext.hokkaido_dcat.service.rendering import writing

__all__ = ["Progress", "rebuild", "work"]

#: (datasets done, all datasets)
Progress = Callable[[int, int], None]

#: Under this name CKAN remembers how far a rebuild has come.
PLACE = "hokkaido_dcat_rebuild"
#: A rebuild that was stopped longer ago is begun anew: too much may have changed.
_FRESH = timedelta(days=1)
#: Marks the lines that belong to the talk between the processes; plugins may print whatever they like.
_MARK = "feed:"
_LATER = "later"
_COUNTED = ("written", "withdrawn", "failed")


def rebuild(session: Session, *, jobs: int, restart: bool, progress: Progress) -> dict[str, int]:
    """Write every dataset again, each batch in a transaction of its own.

    :param jobs: processes that share the work; with 1, this one does all of it.
    :param restart: begin anew even where an earlier rebuild was stopped half way.
    :returns: numbers of datasets: `written`, `withdrawn`, `failed`, and `skipped`: done before the rebuild was stopped.
    """
    batches = health.batches(session)
    total = sum(map(len, batches))
    if restart:
        delete_system_info(PLACE)
    batches = _rest(batches)
    skipped = total - sum(map(len, batches))
    counts: Counter[str] = Counter(skipped=skipped)
    done = skipped
    progress(done, total)
    made = _together(session, batches, jobs) if jobs > 1 else _alone(session, batches)
    for batch, numbers in made:
        counts.update(numbers)
        done += len(batch)
        _remember(batch[-1])
        progress(done, total)
    delete_system_info(PLACE)
    return {name: counts[name] for name in (*_COUNTED, "skipped")}


def work(orders: IO[str], answers: IO[str], session: Session) -> None:
    """Do what another process orders, one batch after the other, until it orders nothing more."""

    def say(text: str) -> None:
        answers.write(f"{_MARK}{text}\n")
        answers.flush()

    def wait_for_turn() -> None:
        say("ready")
        if not orders.readline():
            raise SystemExit("the process that gave the orders has ended")

    for order in orders:
        # Whoever waits for another transaction longer than this gives way: the other one may wait for our turn.
        session.execute(sa.text("SET LOCAL lock_timeout = '10s'"))
        try:
            outcome = store.refresh(session, json.loads(order), wait_for_turn, distrust=True)
            session.commit()
        except OperationalError:
            session.rollback()
            say(_LATER)
        else:
            say(json.dumps({name: len(getattr(outcome, name)) for name in _COUNTED}))


def _rest(batches: list[list[str]]) -> list[list[str]]:
    """Return what an earlier rebuild has not done, or everything."""
    place = json.loads(get_system_info(PLACE) or "{}")
    if not place or place["for"] != writing() or now() - datetime.fromisoformat(place["at"]) > _FRESH:
        return batches
    for index, batch in enumerate(batches):
        if place["last"] in batch:
            begun = batch[batch.index(place["last"]) + 1 :]
            return [rest for rest in (begun, *batches[index + 1 :]) if rest]
    return batches


def _remember(dataset_id: str) -> None:
    set_system_info(PLACE, json.dumps({"for": writing(), "last": dataset_id, "at": now().isoformat()}))


def _alone(session: Session, batches: list[list[str]]) -> Iterator[tuple[list[str], dict[str, int]]]:
    for batch in batches:
        outcome = store.refresh(session, batch, distrust=True)
        session.commit()
        yield batch, {name: len(getattr(outcome, name)) for name in _COUNTED}


def _together(session: Session, batches: list[list[str]], jobs: int) -> Iterator[tuple[list[str], dict[str, int]]]:
    """Share the batches among processes; they write in the order of the batches."""
    # Nothing of this process stays locked or open while the others work.
    session.rollback()
    later: list[list[str]] = []
    with ExitStack() as stack:
        helpers = [stack.enter_context(_Helper()) for _number in range(jobs)]
        running: deque[tuple[list[str], _Helper]] = deque()
        for index, batch in enumerate([*batches, *([[]] * jobs)]):
            if len(running) == jobs or not batch:
                if not running:
                    break
                finished, helper = running.popleft()
                numbers = helper.finish()
                if numbers is None:
                    later.append(finished)
                else:
                    yield finished, numbers
            if batch:
                helpers[index % jobs].give(batch)
                running.append((batch, helpers[index % jobs]))
    yield from _alone(session, later)


class _Helper:
    """Another process with the same settings that writes what it is given."""

    def __enter__(self) -> Self:
        command = "from ckan.cli.cli import ckan; ckan()"
        words = ["-c", tk.config["__file__"], "hokkaido", "feed", "rebuild-worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own command, no word of which comes from outside.
            [sys.executable, "-c", command, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=60)
        if self._process.stdout:
            self._process.stdout.close()

    def give(self, batch: list[str]) -> None:
        self._say(json.dumps(batch))

    def finish(self) -> dict[str, int] | None:
        """Let the process write its batch; return what it did, or None where it had to give way."""
        answer = self._hear()
        if answer == "ready":
            self._say("go")
            answer = self._hear()
        return None if answer == _LATER else json.loads(answer)

    def _say(self, text: str) -> None:
        if self._process.stdin is None:
            raise RuntimeError("the helper has no ear")
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        if self._process.stdout is None:
            raise RuntimeError("the helper has no mouth")
        for line in self._process.stdout:
            if line.startswith(_MARK):
                return line.removeprefix(_MARK).strip()
        raise RuntimeError("a process that writes the feed has ended before its work was done")
