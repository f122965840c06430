"""The calendar of Japanese offices: national holidays and the days around the new year."""

from __future__ import annotations

from datetime import date

import jpholiday

from ckanext.hokkaido_inventory.domain import working_days

__all__ = ["add_working_days", "is_holiday", "is_working_day", "next_working_day", "working_days_between"]


def is_holiday(day: date) -> bool:
    """Tell whether a day is a national holiday or one of 29 December to 3 January.

    Local Autonomy Act article 4-2 leaves the holidays of an office to its ordinance, which names these days.
    """
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3) or jpholiday.is_holiday(day)


def is_working_day(day: date) -> bool:
    """Tell whether offices are open on a day."""
    return working_days.is_working_day(day, is_holiday)


def next_working_day(day: date) -> date:
    """Return the first working day after `day`."""
    return working_days.next_working_day(day, is_holiday)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is `count` working days after (negative: before) `day`."""
    return working_days.add_working_days(day, count, is_holiday)


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and with `last`; negative when `last` is earlier."""
    return working_days.working_days_between(first, last, is_holiday)
