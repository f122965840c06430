"""The directory of organisations."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.directory import Entry, arrange

BUREAUS = ["01300", "01630"]
ENTRIES = [
    Entry("hokkaido", "北海道", "prefecture", 0),
    Entry("tokachi", "十勝総合振興局", "bureau", 1, bureau="01630"),
    Entry("ishikari", "石狩振興局", "bureau", 1, bureau="01300"),
    Entry("kensetsu-bu", "建設部", "department", 1),
    Entry("doro-ka", "道路課", "department", 2, datasets=3),
    Entry("kaisha", "電力会社", "private", 0),
    Entry("obihiro-shi", "帯広市", "municipality", 0, "おびひろし", "Obihiro City", "01630", "012076"),
    Entry("tobetsu-cho", "当別町", "municipality", 0, "とうべつちょう", "Tobetsu Town", "01300", "013030"),
    Entry("sapporo-shi", "札幌市", "municipality", 0, "さっぽろし", "Sapporo City", "01300", "011002"),
    Entry("mura", "どこかの村", "municipality", 0),
]


def _names(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.name for entry in entries]


def test_municipalities_stand_under_their_bureau_in_the_order_of_their_codes() -> None:
    towns = arrange(ENTRIES, BUREAUS).municipalities
    assert {bureau: _names(there) for bureau, there in towns.items()} == {
        "01300": ["sapporo-shi", "tobetsu-cho"],
        "01630": ["obihiro-shi"],
    }


def test_the_prefecture_comes_first_then_departments_with_what_is_below_then_bureaus_in_order() -> None:
    branches = [_names(branch) for branch in arrange(ENTRIES, BUREAUS).prefecture]
    assert branches == [["hokkaido"], ["kensetsu-bu", "doro-ka"], ["ishikari"], ["tokachi"]]


def test_nobody_is_left_out() -> None:
    assert _names(arrange(ENTRIES, BUREAUS).others) == ["mura", "kaisha"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("当別", ["tobetsu-cho"]),
        ("とうべつ", ["tobetsu-cho"]),
        ("トウベツ", ["tobetsu-cho"]),
        ("ｔｏｂｅｔｓｕ", ["tobetsu-cho"]),
        ("obihiro city", ["obihiro-shi"]),
        ("課 道路", ["doro-ka"]),
        ("どこにもない", []),
        ("　", []),
    ],
)
def test_a_name_is_found_however_it_is_written(words: str, found: list[str]) -> None:
    assert _names(arrange(ENTRIES, BUREAUS, words).found) == found
