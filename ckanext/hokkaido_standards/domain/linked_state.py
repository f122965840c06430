"""What is known of a file at another site after it was asked for: when it is asked for again, and when it is lost.

Sites are down for a night, are rebuilt, and turn machines away, so one failure takes nothing out of a table. What a
publisher took back, though, must not live on here: the difference is made by what the site answers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

__all__ = ["NOT_THERE_FOR", "LinkedState", "Outcome", "Standing", "after", "outcome_of", "waits"]

#: What a site says is not there, twice with so much time between, is lost.
NOT_THERE_FOR = timedelta(hours=20)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
#: Each wait after a failure is so many times the one before.
_GROWS = 4
#: The interval is made up to so much longer or shorter, a part of it.
_JITTER = 0.1

_OK, _SAME, _FAULT_OF_A_CLIENT, _FAULT_OF_THE_SITE = 200, 304, 400, 500
_TAKEN_BACK = frozenset({410, 451})
_BUSY = frozenset({408, 425, 429, 503})


class Outcome(StrEnum):
    """What one request found.

    `NO_TABLE`: a page, a PDF file or a picture. `LARGE`: more than may be read. `NOT_THERE`: the site says that there
    is no such file, or that it is not for everybody. `TAKEN_BACK`: it says so for good. `AWAY`: no answer, or one that
    says nothing of the file. `BUSY`: it asks to be left alone. `REFUSED`: none that the portal would ask.
    """

    FRESH = "fresh"
    SAME = "same"
    NO_TABLE = "no-table"
    LARGE = "large"
    NOT_THERE = "not-there"
    TAKEN_BACK = "taken-back"
    AWAY = "away"
    BUSY = "busy"
    REFUSED = "refused"


class LinkedState(StrEnum):
    """What is known of the file.

    `FAILING`: what was read last still counts. `LOST`: nothing of it counts any more. `NO_TABLE` and `LARGE` have
    nothing that could count.
    """

    WAITING = "waiting"
    GOOD = "good"
    FAILING = "failing"
    LOST = "lost"
    NO_TABLE = "no-table"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a file.

    :ivar failed_since: first of the failures that nothing came between.
    :ivar not_there_since: first of those of them by which the site said that it is not there.
    """

    state: LinkedState = LinkedState.WAITING
    failures: int = 0
    failed_since: datetime | None = None
    not_there_since: datetime | None = None


def outcome_of(status: int) -> Outcome:
    """Return what the status of an answer says, before its body is looked at."""
    if status in {_OK, _SAME}:
        return Outcome.FRESH if status == _OK else Outcome.SAME
    if status in _TAKEN_BACK:
        return Outcome.TAKEN_BACK
    if status in _BUSY:
        return Outcome.BUSY
    return Outcome.NOT_THERE if _FAULT_OF_A_CLIENT <= status < _FAULT_OF_THE_SITE else Outcome.AWAY


def after(known: Standing, outcome: Outcome, at: datetime, keep: timedelta) -> Standing:
    """Return what is known of a file after a request.

    :param keep: how long what was read last counts while its site does not answer.
    """
    if outcome in {Outcome.FRESH, Outcome.SAME}:
        return Standing(LinkedState.GOOD)
    if outcome is Outcome.LARGE:
        return Standing(LinkedState.LARGE)
    if outcome is Outcome.NO_TABLE and known.state in {LinkedState.WAITING, LinkedState.NO_TABLE}:
        return Standing(LinkedState.NO_TABLE)
    not_there = outcome in {Outcome.NOT_THERE, Outcome.TAKEN_BACK, Outcome.NO_TABLE}
    failed = replace(
        known,
        failures=known.failures + 1,
        failed_since=known.failed_since or at,
        not_there_since=known.not_there_since or (at if not_there else None),
    )
    if known.state not in {LinkedState.GOOD, LinkedState.FAILING}:
        return failed
    lost = outcome in {Outcome.TAKEN_BACK, Outcome.REFUSED} or _is_over(failed, at, keep)
    return replace(failed, state=LinkedState.LOST if lost else LinkedState.FAILING)


def _is_over(failed: Standing, at: datetime, keep: timedelta) -> bool:
    if failed.not_there_since is not None and at - failed.not_there_since >= NOT_THERE_FOR:
        return True
    return failed.failed_since is not None and at - failed.failed_since >= keep


def waits(standing: Standing, outcome: Outcome, interval: timedelta, asked: int, seed: str) -> timedelta:
    """Return how long a file is left alone after a request.

    :param standing: what is known after it.
    :param asked: seconds that the site asks for.
    :param seed: of the file: each has an interval of its own, so that they do not come all at once.
    """
    usual = interval * (1 + _JITTER * _spread(seed))
    if not standing.failures:
        return usual
    if outcome is Outcome.NOT_THERE and standing.failures == 1:
        return min(DAY, usual)
    if outcome in {Outcome.REFUSED, Outcome.NO_TABLE}:
        return min(DAY, usual) if standing.state is LinkedState.FAILING else usual
    growing = HOUR * _GROWS ** min(standing.failures - 1, 8)
    return max(min(growing, usual), timedelta(seconds=asked))


def _spread(seed: str) -> float:
    """Return a number from -1 to 1 that is always the same for a seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 0x7FFFFFFF - 1
