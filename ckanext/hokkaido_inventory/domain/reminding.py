"""When somebody is reminded of what: counted in working days from the deadline, or from the day of the submission."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import WAITING
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["CATCH_UP", "ReminderKind", "Schedule", "Standing", "days_left", "kind_on", "newest_due", "still_due"]

#: So many working days back the clock makes up for what it missed while it stood still (TM-06).
CATCH_UP = 3

#: Counts the working days after the first day up to and with the second; negative the other way round.
Between = Callable[[date, date], int]


class ReminderKind(StrEnum):
    """Why somebody is written to."""

    BEFORE = "before"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    ESCALATED_ABOVE = "escalated_above"
    REVIEW = "review"
    ASKED = "asked"
    #: Nothing of this day; listed because the person is written to for something else.
    ALSO = "also"

    @property
    def wording(self) -> Wording:
        """Return the name of the reason."""
        return _WORDING[self]


_WORDING = {
    ReminderKind.BEFORE: Wording("期限前", "Before the deadline"),
    ReminderKind.OVERDUE: Wording("期限経過", "After the deadline"),
    ReminderKind.ESCALATED: Wording("期限経過（とりまとめ担当へ）", "After the deadline, to the coordinator"),
    ReminderKind.ESCALATED_ABOVE: Wording("期限経過（上位の部署へ）", "After the deadline, to the unit above"),
    ReminderKind.REVIEW: Wording("承認待ち", "Waiting for a review"),
    ReminderKind.ASKED: Wording("調査担当からの督促", "Asked for by the survey office"),
    ReminderKind.ALSO: Wording("あわせてお知らせ", "Listed as well"),
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """Working days: so many left, so many over, and so many over until others are told as well."""

    before: tuple[int, ...] = (5, 1)
    after: tuple[int, ...] = (1, 3, 5)
    escalate: tuple[int, ...] = (5, 10)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a response stands: its state, its last day, the day it was opened on, and since when it waits."""

    state: ResponseState
    deadline: date
    opened: date
    waits_since: date | None = None


def days_left(deadline: date, day: date, between: Between) -> int:
    """Return the working days from `day` to the deadline; negative once it is over."""
    return between(day, deadline)


def still_due(state: ResponseState, kind: ReminderKind) -> bool:
    """Tell whether a reminder that was put down earlier still has its reason: an answer stops it."""
    if kind is ReminderKind.REVIEW:
        return state in WAITING
    return state in EDITABLE or (kind in (ReminderKind.ASKED, ReminderKind.ALSO) and state in WAITING)


def kind_on(standing: Standing, day: date, schedule: Schedule, between: Between) -> ReminderKind | None:
    """Return what falls on a working day; what is told to more people comes before what is told to the unit alone."""
    if day <= standing.opened:
        return None
    if standing.state in WAITING:
        waits = standing.waits_since is not None and between(standing.waits_since, day) in schedule.after
        return ReminderKind.REVIEW if waits else None
    if standing.state not in EDITABLE:
        return None
    if _far_ahead(standing.deadline, day, schedule):
        return None
    left = days_left(standing.deadline, day, between)
    if day <= standing.deadline:
        return ReminderKind.BEFORE if left in schedule.before else None
    return _overdue(-left, schedule)


def _far_ahead(deadline: date, day: date, schedule: Schedule) -> bool:
    """Tell whether no reminder can fall yet, however many holidays there are: days are not counted for centuries."""
    return (deadline - day).days > 4 * max(schedule.before, default=0) + 30


def newest_due(
    standing: Standing, days: Sequence[date], last_sent: date | None, schedule: Schedule, between: Between
) -> ReminderKind | None:
    """Return what is due on the newest of some days, newest first; days up to the last reminder are done with."""
    for day in days:
        if last_sent is not None and day <= last_sent:
            return None
        kind = kind_on(standing, day, schedule, between)
        if kind is not None:
            return kind
    return None


def _overdue(over: int, schedule: Schedule) -> ReminderKind | None:
    if over in schedule.escalate[1:]:
        return ReminderKind.ESCALATED_ABOVE
    if over in schedule.escalate[:1]:
        return ReminderKind.ESCALATED
    return ReminderKind.OVERDUE if over in schedule.after else None
