"""Rows that look alike: keys of titles, scores with their reasons, groups without comparing all with all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from ckanext.hokkaido_inventory.domain.similar import ALIKE, Sign, candidates, grouped, likeness, profile, title_of


@pytest.mark.parametrize(
    ("title", "unit", "key"),
    [
        ("札幌市公共施設一覧", "札幌市", "公共施設一覧"),
        ("【美瑛町】公共施設一覧（令和8年4月）", "美瑛町", "公共施設一覧"),
        ("令和８年度　公共施設一覧", "", "公共施設一覧"),
        ("北海道公共施設一覧_2026", "", "公共施設一覧"),
        ("札幌市", "札幌市", "札幌市"),
        ("（案）", "", "(案)"),
    ],
)
def test_units_years_and_brackets_do_not_count_in_a_title(title, unit, key):
    assert title_of(title, unit) == key


def _pair(one, other, **answers):
    first = profile("1", "a", one, answers=answers.get("first"))
    second = profile("2", "b", other, answers=answers.get("second"))
    return likeness(first, second, fuzz.ratio(first.title, second.title))


def test_the_same_name_is_alike_and_the_more_signs_the_liker():
    same = _pair("公共施設一覧", "公共施設 一覧")
    assert (same.score >= ALIKE, same.signs) == (True, (Sign.SAME_TITLE,))
    said = {"law": "統計法第41条", "system_name": "施設台帳システム", "columns": "名称、住所、緯度、経度"}
    more = _pair("公共施設一覧", "公共施設一覧", first=said, second=said)
    assert more.score == 100
    assert set(more.signs) == {Sign.SAME_TITLE, Sign.LAW, Sign.SYSTEM, Sign.COLUMNS}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("公共施設一覧", "公共施設の一覧", False),
        ("公共施設一覧", "道路台帳", False),
        ("第1中学校区", "第2中学校区", False),
        ("人口統計(令和7年)", "人口統計(令和8年)", True),
    ],
)
def test_titles_alone_decide_only_when_they_are_the_same(one, other, alike):
    assert (_pair(one, other).score >= ALIKE) is alike


def test_a_like_title_needs_a_second_sign():
    said = {"columns": "名称、住所、緯度、経度"}
    found = _pair("公共施設一覧", "公共施設の一覧表", first=said, second=said)
    assert found.score >= ALIKE
    assert Sign.COLUMNS in found.signs


def test_groups_are_of_two_units_at_least_and_name_their_weakest_sign():
    said = {"columns": "名称、住所、緯度、経度"}
    rows = [
        profile("1", "札幌", "公共施設一覧", answers=said),
        profile("2", "函館", "公共施設一覧", answers=said),
        profile("3", "小樽", "公共施設の一覧表", answers=said),
        profile("4", "札幌", "道路台帳"),
        profile("5", "札幌", "道路台帳"),
        profile("6", "函館", ""),
    ]
    ((found, members),) = grouped(rows, fuzz.ratio)
    assert [one.id for one in members] == ["1", "2", "3"]
    assert ALIKE <= found.score < 100


TITLES = st.lists(
    st.text(alphabet="公共施設一覧道路台帳", min_size=2, max_size=8), min_size=2, max_size=25, unique=True
)


@settings(max_examples=60, deadline=None)
@given(TITLES)
def test_no_pair_that_shares_half_of_its_characters_pairs_is_missed(titles):
    """Prefix filtering finds what comparing all with all finds."""
    titles = sorted(titles)
    pairs = {(i, j) for j in range(len(titles)) for i in range(j) if _jaccard(titles[i], titles[j]) >= 0.5}
    assert set(candidates(titles)) == pairs


def _jaccard(one, other):
    first, second = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(first & second) / len(first | second)
