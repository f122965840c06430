"""Eras and fiscal years (TM-01, TM-05, UP-10)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.eras import (
    ERAS,
    NotADate,
    Span,
    date_label,
    fiscal_year,
    fiscal_year_label,
    fiscal_year_span,
    japanese_date,
    read_date,
    read_fiscal_year,
    read_span,
)

days = st.dates(date(1868, 1, 25), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年4月1日", date(2026, 4, 1)),
        ("令和８年４月１日", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("令和八年十一月二十三日", date(2026, 11, 23)),
        ("二〇二六年四月一日", date(2026, 4, 1)),
        ("昭和六十四年一月七日", date(1989, 1, 7)),
        ("令和 8 年 4 月 1 日", date(2026, 4, 1)),
        ("令和8年11月23日(月)", date(2026, 11, 23)),
        ("令和8年11月23日（月曜日）", date(2026, 11, 23)),
        ("令8.4.1", date(2026, 4, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("r8/4/1", date(2026, 4, 1)),
        ("R08-04-01", date(2026, 4, 1)),
        ("R.8.4.1", date(2026, 4, 1)),
        ("Ｒ８．４．１", date(2026, 4, 1)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S1.12.25", date(1926, 12, 25)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("T1.7.30", date(1912, 7, 30)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("M2.8.15", date(1869, 8, 15)),
        ("2026-04-01", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("2026.4.1", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("2026年4月1日", date(2026, 4, 1)),
        ("西暦2026年4月1日", date(2026, 4, 1)),
        ("2026-04-01T09:00:00+09:00", date(2026, 4, 1)),
        ("2026-04-01 00:00:00", date(2026, 4, 1)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("未定", "form"),
        ("令和8年4月", "form"),
        ("4月1日", "form"),
        ("令和0年4月1日", "era"),
        ("平成99年4月1日", "era"),
        ("平成31年5月1日", "era"),
        ("昭和64年1月8日", "era"),
        ("令和元年4月30日", "era"),
        ("明治元年1月1日", "era"),
        ("2026-02-29", "calendar"),
        ("2026/13/40", "calendar"),
        ("R8.4.31", "calendar"),
        ("0000-01-01", "year"),
        ("9999-12-31", "year"),
        ("1.4.26", "form"),
        ("45383", "form"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_date(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和8年度", date(2026, 4, 1), date(2027, 3, 31)),
        ("R8年度", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026年度", date(2026, 4, 1), date(2027, 3, 31)),
        ("平成31年度", date(2019, 4, 1), date(2020, 3, 31)),
        ("令和元年度", date(2019, 4, 1), date(2020, 3, 31)),
        ("令和8年", date(2026, 1, 1), date(2026, 12, 31)),
        ("令和元年", date(2019, 5, 1), date(2019, 12, 31)),
        ("昭和64年", date(1989, 1, 1), date(1989, 1, 7)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("令和10年2月", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_year_or_month_is_read_as_its_days(text: str, start: date, end: date) -> None:
    assert read_span(text) == Span(start, end)


@pytest.mark.parametrize("text", ["平成32年度", "昭和64年度", "平成99年度", "令和0年度"])
def test_a_fiscal_year_after_the_end_of_its_era_is_refused(text: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_fiscal_year(text)
    assert refused.value.reason == "era"


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "令和8年度（2026年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
        (1988, "昭和63年度（1988年度）"),
        (1926, "大正15年度（1926年度）"),
        (1860, "1860年度"),
    ],
)
def test_a_fiscal_year_is_shown_both_ways(year: int, label: str) -> None:
    assert fiscal_year_label(year) == label


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 1, 1), 2025)]
)
def test_a_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_a_day_is_shown_both_ways() -> None:
    assert date_label(date(2026, 11, 23)) == "令和8年11月23日（2026年11月23日）"


def test_eras_follow_each_other_without_a_gap() -> None:
    for older, newer in pairwise(ERAS):
        assert older.end is not None
        assert timedelta(0) <= newer.start - older.end <= timedelta(days=1)


@given(days)
def test_what_is_written_in_an_era_is_read_back(day: date) -> None:
    if day.year - 2018 < 100:
        assert read_date(japanese_date(day)) == day


@given(days)
def test_a_day_lies_in_its_fiscal_year(day: date) -> None:
    span = fiscal_year_span(fiscal_year(day))
    assert span.start <= day <= span.end


@given(st.integers(1868, 2100))
def test_a_label_of_a_fiscal_year_is_read_back(year: int) -> None:
    assert read_fiscal_year(fiscal_year_label(year).partition("（")[0]) == year


@given(st.text(max_size=20))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        span = read_span(text)
    except NotADate:
        return
    assert span.start <= span.end
