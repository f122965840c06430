"""What the portal thinks of a link after it was looked at, and when it looks again.

A link is called broken only after failures on several days: sites are down for an evening, and nobody is to be
written to because of that. What cannot be judged from here (a closed network, a site that turns machines away) is said
to be so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["DAYS_UNTIL_BROKEN", "LinkState", "Look", "Outcome", "Standing", "after", "judged", "waits"]

#: A link that fails on so many different days is broken.
DAYS_UNTIL_BROKEN = 2
#: A link that is fine is looked at again after so many days, one that fails the next day.
WEEK = timedelta(days=7)
DAY = timedelta(days=1)

_TURNED_AWAY = frozenset({401, 403, 407, 451})
_BUSY = frozenset({408, 425, 429, 503})
_REFUSED = frozenset({"not-allowed"})
_FAULT_OF_A_CLIENT = 400


class LinkState(StrEnum):
    """What is known of a link."""

    UNCHECKED = "unchecked"
    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


class Outcome(StrEnum):
    """What one look at a link found."""

    FINE = "fine"
    MOVED = "moved"
    FAILED = "failed"
    UNKNOWABLE = "unknowable"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the status (0 without an answer), the code of the fault, and where the link has gone for good."""

    status: int
    fault: str = ""
    moved_to: str = ""
    #: Seconds that the site asks to be left alone.
    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a link: since which day it fails, on how many different days it was seen to."""

    state: LinkState = LinkState.UNCHECKED
    moved_to: str = ""
    failed_since: date | None = None
    failed_on: date | None = None
    failed_days: int = 0


def judged(look: Look) -> Outcome:
    """Tell what a look means."""
    if look.fault:
        return Outcome.UNKNOWABLE if look.fault in _REFUSED else Outcome.FAILED
    if look.status in _BUSY:
        return Outcome.BUSY
    if look.status in _TURNED_AWAY:
        return Outcome.UNKNOWABLE
    if look.status >= _FAULT_OF_A_CLIENT:
        return Outcome.FAILED
    return Outcome.MOVED if look.moved_to else Outcome.FINE


def after(standing: Standing, look: Look, day: date) -> Standing:
    """Return what is known of a link after a look on a day in Japan."""
    outcome = judged(look)
    if outcome is Outcome.BUSY:
        return standing
    if outcome is Outcome.FAILED:
        return _failed(standing, day)
    state = {Outcome.FINE: LinkState.OK, Outcome.MOVED: LinkState.MOVED, Outcome.UNKNOWABLE: LinkState.UNREACHABLE}
    return Standing(state[outcome], look.moved_to if outcome is Outcome.MOVED else "")


def waits(look: Look, standing: Standing) -> timedelta:
    """Return how long the link is left alone.

    :param standing: what is known after the look.
    """
    if judged(look) is Outcome.BUSY:
        return min(max(timedelta(seconds=look.retry_after), timedelta(hours=1)), DAY)
    return DAY if standing.failed_days and standing.state is not LinkState.BROKEN else WEEK


def _failed(standing: Standing, day: date) -> Standing:
    days = standing.failed_days + (standing.failed_on != day)
    return replace(
        standing,
        state=LinkState.BROKEN if days >= DAYS_UNTIL_BROKEN else standing.state,
        failed_since=standing.failed_since or day,
        failed_on=day,
        failed_days=days,
    )
