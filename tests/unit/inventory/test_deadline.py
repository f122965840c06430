"""Deadlines count to the end of their day in Japan (TM-01, TM-02)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ckanext.hokkaido_inventory.domain.deadline import effective, is_past, today

LAST = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("at", "past"),
    [
        (datetime(2026, 12, 17, 15, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 18, 14, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 18, 15, 0, tzinfo=UTC), True),
    ],
)
def test_the_last_day_ends_at_midnight_in_japan(at, past):
    assert is_past(LAST, at) is past


def test_the_day_in_japan_begins_nine_hours_before_that_of_greenwich():
    assert today(datetime(2027, 3, 31, 15, 0, tzinfo=UTC)) == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("extended", "holds"), [(None, LAST), (date(2026, 12, 25), date(2026, 12, 25)), (date(2026, 12, 1), LAST)]
)
def test_an_extension_never_shortens(extended, holds):
    assert effective(LAST, extended) == holds
