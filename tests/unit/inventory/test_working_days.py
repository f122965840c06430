"""Working days of Japanese offices (TM-01, TM-06)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.service import calendar

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2026, 5, 6), False),
        (date(2026, 9, 22), False),
        (date(2026, 11, 23), False),
        (date(2026, 11, 21), False),
        (date(2028, 2, 29), True),
        (date(2027, 3, 31), True),
    ],
    ids=str,
)
def test_offices_are_closed_on_weekends_holidays_and_around_the_new_year(day: date, working: bool) -> None:
    """6 May 2026 stands in for a Sunday's holiday, 22 September 2026 lies between two holidays."""
    assert calendar.is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2027, 1, 4), -1, date(2026, 12, 28)),
        (date(2026, 5, 1), 1, date(2026, 5, 7)),
        (date(2026, 11, 21), 0, date(2026, 11, 24)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 5, date(2026, 11, 30)),
    ],
)
def test_adding_skips_days_off(day: date, count: int, expected: date) -> None:
    assert calendar.add_working_days(day, count) == expected


@given(DAYS, st.integers(-30, 30).filter(bool))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    start = calendar.add_working_days(day, 0)
    end = calendar.add_working_days(start, count)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == count


def test_a_calendar_without_working_days_is_an_error_and_no_endless_loop() -> None:
    from ckanext.hokkaido_inventory.domain import working_days

    with pytest.raises(ValueError, match="calendar"):
        working_days.next_working_day(date(2026, 1, 1), lambda _: True)
