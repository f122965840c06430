"""Working days with the national holidays of Japan and the closing at the turn of the year (TM-01, TM-02)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.service import calendar

CLOSED = {
    "Saturday": date(2026, 12, 19),
    "Sunday": date(2026, 12, 20),
    "Constitution Day on a Sunday": date(2026, 5, 3),
    "substitute after the three days of May": date(2026, 5, 6),
    "day between two holidays": date(2026, 9, 22),
    "last office day is the 28th": date(2026, 12, 29),
    "New Year's Eve": date(2026, 12, 31),
    "New Year": date(2027, 1, 1),
    "third of January": date(2028, 1, 3),
    "equinox": date(2027, 3, 22),
}
OPEN = {
    "last office day of the year": date(2026, 12, 28),
    "first office day of the year": date(2027, 1, 4),
    "last day of a fiscal year": date(2027, 3, 31),
    "first day of a fiscal year": date(2027, 4, 1),
    "day after Golden Week": date(2026, 5, 7),
    "leap day": date(2028, 2, 29),
}


@pytest.mark.parametrize("day", CLOSED.values(), ids=CLOSED)
def test_the_offices_are_closed(day):
    assert not calendar.is_working_day(day)


@pytest.mark.parametrize("day", OPEN.values(), ids=OPEN)
def test_the_offices_work(day):
    assert calendar.is_working_day(day)


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 5, 2), date(2026, 5, 7)),
        (date(2026, 12, 29), date(2027, 1, 4)),
        (date(2026, 9, 19), date(2026, 9, 24)),
        (date(2026, 12, 18), date(2026, 12, 18)),
    ],
)
def test_the_next_working_day_is_found_over_golden_week_and_new_year(day, offered):
    assert calendar.next_working_day(day) == offered


@pytest.mark.parametrize(
    ("day", "count", "there"),
    [
        (date(2026, 12, 25), 3, date(2027, 1, 5)),
        (date(2027, 1, 5), -3, date(2026, 12, 25)),
        (date(2026, 5, 1), 1, date(2026, 5, 7)),
        (date(2026, 5, 3), 0, date(2026, 5, 7)),
        (date(2026, 5, 7), 0, date(2026, 5, 7)),
    ],
)
def test_working_days_are_added_and_taken_away(day, count, there):
    assert calendar.add_working_days(day, count) == there


DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_adding_and_counting_agree(day, count):
    there = calendar.add_working_days(day, count)
    assert calendar.is_working_day(there)
    assert calendar.working_days_between(day, there) == count


@given(DAYS, st.integers(min_value=-90, max_value=90))
def test_counting_backwards_is_counting_forwards_with_another_sign(day, offset):
    other = day + timedelta(days=offset)
    assert calendar.working_days_between(day, other) == -calendar.working_days_between(other, day)
