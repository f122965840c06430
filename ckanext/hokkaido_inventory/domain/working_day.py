"""Working days of the prefecture's offices: no weekends, no national holidays, not the turn of the year.

Which days are national holidays is asked of a function that is given, because this room knows no library. The turn of
the year (29 December to 3 January) is closed by the ordinance on the prefecture's days off (休日条例), and by the
municipalities' own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice

__all__ = ["Holiday", "add_working_days", "is_working_day", "next_working_day", "working_days_between"]

#: Tells whether a day is a national holiday (substitute holidays and days between two holidays included).
Holiday = Callable[[date], bool]

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, holiday: Holiday) -> bool:
    """Tell whether the offices work on `day`."""
    return day.weekday() < SATURDAY and not _turn_of_the_year(day) and not holiday(day)


def next_working_day(day: date, holiday: Holiday) -> date:
    """Return `day` itself when the offices work on it, else the first day after it on which they do."""
    while not is_working_day(day, holiday):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int, holiday: Holiday) -> date:
    """Return the working day that lies `count` working days after `day` (before it, when `count` is negative).

    With `count` 0 it is `day` itself, or the next working day when the offices are closed on it.
    """
    if count == 0:
        return next_working_day(day, holiday)
    return next(islice(_working_days(day, ONE_DAY if count > 0 else -ONE_DAY, holiday), abs(count) - 1, None))


def working_days_between(first: date, last: date, holiday: Holiday) -> int:
    """Count the working days after `first` up to and including `last`; negative when `last` comes earlier."""
    if last < first:
        return -working_days_between(last, first, holiday)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holiday) for day in days)


def _working_days(day: date, step: timedelta, holiday: Holiday) -> Iterator[date]:
    while True:
        day += step
        if is_working_day(day, holiday):
            yield day


def _turn_of_the_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
