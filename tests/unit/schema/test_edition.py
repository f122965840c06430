"""The next edition of a dataset: years in names and periods, one on."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.edition import next_day, next_edition, series_title, year_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和7年度 人口統計", "令和8年度 人口統計"),
        ("令和７年度人口", "令和８年度人口"),
        ("令和元年度（2019年度）", "令和2年度（2020年度）"),
        ("平成30年度", "令和元年度"),
        ("平成31年度", "令和2年度"),
        ("R7年度計画", "R8年度計画"),
        ("H30年度計画", "R1年度計画"),
        ("2025年度版 予算", "2026年度版 予算"),
        ("２０２５年度", "２０２６年度"),
        ("人口（2025年）", "人口（2026年）"),
        ("2025-04 時点", "2026-04 時点"),
        ("R7.4.1現在", "R8.4.1現在"),
        ("昭和63年以前の建物", "平成元年以前の建物"),
        ("第2025号", "第2025号"),
        ("AED設置箇所一覧", "AED設置箇所一覧"),
        ("", ""),
    ],
)
def test_every_year_in_a_text_moves_on(text: str, expected: str) -> None:
    assert next_edition(text) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-01", "2026-04-01"),
        ("2026-03-31", "2027-03-31"),
        ("2027-02-28", "2028-02-29"),
        ("2028-02-29", "2029-02-28"),
        ("2028-02-28", "2029-02-28"),
        ("", ""),
        ("未定", "未定"),
    ],
)
def test_a_period_moves_on_by_a_year(day: str, expected: str) -> None:
    assert next_day(day) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("令和7年度 人口統計", "人口統計"),
        ("人口統計（令和7年度）", "人口統計"),
        ("人口統計 2025年度版", "人口統計"),
        ("令和7年度の人口統計", "人口統計"),
        ("令和7年度", "令和7年度"),
        ("AED設置箇所一覧", "AED設置箇所一覧"),
    ],
)
def test_a_series_has_the_name_without_its_years(title: str, expected: str) -> None:
    assert series_title(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("人口（令和7年度、2025年度）", "令和7年度"), ("2025年の人口", "2025年"), ("人口", "")]
)
def test_the_first_year_of_a_text_names_its_edition(text: str, expected: str) -> None:
    assert year_named(text) == expected
