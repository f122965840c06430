"""Deadlines: the last day counts in full, by the calendar of Japan (TM-02)."""

from __future__ import annotations

from datetime import date, datetime

from ckanext.hokkaido_core.domain.japan_time import JAPAN

__all__ = ["effective", "is_past", "today"]


def today(at: datetime) -> date:
    """Return the day that an aware instant falls on in Japan."""
    return at.astimezone(JAPAN).date()


def is_past(deadline: date, at: datetime) -> bool:
    """Tell whether the deadline's day is over in Japan at the aware instant `at`."""
    return today(at) > deadline


def effective(deadline: date, extended_until: date | None) -> date:
    """Return the deadline that holds for a unit: its extension, unless the survey's own is later."""
    return deadline if extended_until is None else max(deadline, extended_until)
