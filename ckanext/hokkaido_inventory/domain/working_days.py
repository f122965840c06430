"""Working days: counting with a calendar of holidays that is handed in (TM-01, TM-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

__all__ = ["IsHoliday", "add_working_days", "is_working_day", "next_working_day", "working_days_between"]

#: Tells whether a day is a holiday although it is no Saturday or Sunday.
IsHoliday = Callable[[date], bool]

_DAY = timedelta(days=1)
_SATURDAY = 5
#: No run of days off is as long; beyond it the calendar that was handed in is wrong.
_LONGEST_REST = 60


def is_working_day(day: date, is_holiday: IsHoliday) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def next_working_day(day: date, is_holiday: IsHoliday) -> date:
    """Return the first working day after `day`."""
    return _step(day, _DAY, is_holiday)


def add_working_days(day: date, count: int, is_holiday: IsHoliday) -> date:
    """Return the working day that is `count` working days after `day`, before it when `count` is negative.

    With 0 it is the day itself when it is a working day, else the first one after it.
    """
    if count == 0:
        return day if is_working_day(day, is_holiday) else next_working_day(day, is_holiday)
    for _ in range(abs(count)):
        day = _step(day, _DAY if count > 0 else -_DAY, is_holiday)
    return day


def working_days_between(first: date, last: date, is_holiday: IsHoliday) -> int:
    """Count the working days after `first` up to and with `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, is_holiday)
    days = (first + _DAY * step for step in range(1, (last - first).days + 1))
    return sum(is_working_day(day, is_holiday) for day in days)


def _step(day: date, step: timedelta, is_holiday: IsHoliday) -> date:
    for _ in range(_LONGEST_REST):
        day += step
        if is_working_day(day, is_holiday):
            return day
    raise ValueError(f"no working day within {_LONGEST_REST} days: the calendar of holidays is wrong")
