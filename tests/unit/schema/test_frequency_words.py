"""Frequencies in people's own words."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.frequency_words import frequency_code, words_of
from ckanext.hokkaido_schema.vocabularies import vocabulary

WORDS = words_of(
    {"code": item.code, "ja": item.ja, "en": item.en, "also": item.get("also", ())}
    for item in vocabulary("frequencies")
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("毎年", "ANNUAL"),
        ("年１回", "ANNUAL"),
        ("年一回", "ANNUAL"),
        ("１年に１回", "ANNUAL"),
        ("年1回程度", "ANNUAL"),
        ("毎年（6月ごろ）", "ANNUAL"),
        ("年次更新", "ANNUAL"),
        ("月次", "MONTHLY"),
        ("1ヶ月に1回", "MONTHLY"),
        ("１カ月に１回", "MONTHLY"),
        ("毎日更新", "DAILY"),
        ("随時", "IRREG"),
        ("不定期更新", "IRREG"),
        ("５年に１回", "QUINQUENNIAL"),
        ("annual", "ANNUAL"),
        ("Irregular (when something changes)", "IRREG"),
        ("未定", "UNKNOWN"),
    ],
)
def test_usual_words_are_read(text: str, code: str) -> None:
    assert frequency_code(text, WORDS) == code


@pytest.mark.parametrize("text", ["", "年1回公表、随時修正", "必ず", "3", "春と秋", "更新"])
def test_what_is_not_clear_is_left_to_people(text: str) -> None:
    assert frequency_code(text, WORDS) is None


def test_no_word_stands_for_two_frequencies() -> None:
    told = [word for item in vocabulary("frequencies") for word in {item.ja, *item.get("also", ())}]
    assert len(told) == len(set(told))
