"""What helps somebody whose search found nothing."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.search_help import Place, places_in, shorter

PLACES = [
    Place("011002", "札幌市", "さっぽろし", "01300"),
    Place("013030", "当別町", "とうべつちょう", "01300"),
    Place("013439", "森町", "もりまち", "01330"),
]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("札幌　除雪 計画書", ["計画書", "札幌", "除雪"]),
        ("除雪 除雪", []),
        ("除雪", []),
        ("", []),
        ("a b c d e f", ["a", "b", "c", "d"]),
    ],
)
def test_several_words_are_offered_one_by_one_the_longest_first(words: str, parts: list[str]) -> None:
    assert [one.words for one in shorter(words)] == parts


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("札幌市 除雪", ["札幌市"]),
        ("札幌の除雪", ["札幌市"]),
        ("とうべつちょう", ["当別町"]),
        ("トウベツチョウ 人口", ["当別町"]),
        ("森林", []),
        ("森町の人口", ["森町"]),
        ("", []),
    ],
)
def test_a_municipality_is_recognised_and_a_short_stem_is_not_taken_for_one(words: str, names: list[str]) -> None:
    assert [place.name for place in places_in(words, PLACES)] == names
