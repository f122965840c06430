"""When a dataset is overdue by its own declared frequency.

The day is counted from the last update by the calendar. Data of every year or longer goes with fiscal years (April to
March): it is due at the end of the month in which it came last time, and what came in January to March, when a fiscal
year is closed, is due at the end of March. After that there is a grace, since sections have other work too.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Staleness", "due_on", "staleness"]

_YEAR = 12
_MARCH = 3
#: Months between two updates and days of grace, by the code of the frequency.
_MONTHS = {
    "MONTHLY": (1, 15),
    "BIMONTHLY": (2, 20),
    "QUARTERLY": (3, 30),
    "ANNUAL_3": (4, 30),
    "ANNUAL_2": (6, 30),
    "ANNUAL": (_YEAR, 60),
    "BIENNIAL": (2 * _YEAR, 90),
    "TRIENNIAL": (3 * _YEAR, 90),
    "QUADRENNIAL": (4 * _YEAR, 90),
    "QUINQUENNIAL": (5 * _YEAR, 90),
    "DECENNIAL": (10 * _YEAR, 90),
}
#: Days between two updates and days of grace.
_DAYS = {"CONT": (1, 7), "HOURLY": (1, 7), "DAILY": (1, 7), "WEEKLY": (7, 7), "BIWEEKLY": (14, 7)}


@dataclass(frozen=True, slots=True)
class Staleness:
    """The day on which an update was due, and the days since then."""

    due_on: date
    days: int


def due_on(frequency: str, updated: date) -> date | None:
    """Return the day by which the next update is due; nothing for a frequency that sets none."""
    if frequency in _DAYS:
        return updated + timedelta(days=_DAYS[frequency][0])
    if frequency not in _MONTHS:
        return None
    months = _MONTHS[frequency][0]
    year, month = divmod(updated.year * _YEAR + updated.month - 1 + months, _YEAR)
    month += 1
    if months < _YEAR:
        return date(year, month, min(updated.day, monthrange(year, month)[1]))
    month = max(month, _MARCH)
    return date(year, month, monthrange(year, month)[1])


def staleness(frequency: str, updated: date | None, today: date) -> Staleness | None:
    """Tell whether an update is overdue, grace included.

    :param updated: day of the last update in Japan; nothing when it is not known, and then nothing is overdue.
    """
    due = due_on(frequency, updated) if updated else None
    if due is None:
        return None
    grace = (_DAYS.get(frequency) or _MONTHS[frequency])[1]
    over = (today - due).days
    return Staleness(due, over) if over > grace else None
