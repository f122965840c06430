"""The calendar of the offices: the rules of `domain/working_day.py` with the national holidays of Japan."""

from __future__ import annotations

from datetime import date

import jpholiday

from ckanext.hokkaido_inventory.domain import working_day

__all__ = ["add_working_days", "is_working_day", "next_working_day", "working_days_between"]


def is_working_day(day: date) -> bool:
    """Tell whether the offices work on `day`."""
    return working_day.is_working_day(day, _holiday)


def next_working_day(day: date) -> date:
    """Return `day` itself when the offices work on it, else the first day after it on which they do."""
    return working_day.next_working_day(day, _holiday)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that lies `count` working days after `day` (before it, when `count` is negative)."""
    return working_day.add_working_days(day, count, _holiday)


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`; negative when `last` comes earlier."""
    return working_day.working_days_between(first, last, _holiday)


def _holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))
