"""Keys for comparing text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.text import comparison_key, has_hidden_characters, reading_key, same_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＥＤ設置箇所", "AED設置箇所"),
        ("ｵｰﾌﾟﾝﾃﾞｰﾀ", "オープンデータ"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("渡邊", "渡辺"),
        ("葛\U000e0100城", "葛城"),
        ("公共施設　一覧", "公共施設一覧"),
        ("011ー231−4111", "011-231-4111"),
        ("〇", "○"),
        ("4月〜6月", "4月～6月"),
        ("ぱ", "は\u309a"),
        ("百合ヶ原", "百合ケ原"),
        ("CSV\u200b", "csv"),
        ("サッポロ・シティ", "サッポロシティ"),
    ],
)
def test_other_characters_for_the_same_words_are_equal(one: str, other: str) -> None:
    assert same_text(one, other)


@pytest.mark.parametrize(("one", "other"), [("データ", "デタ"), ("高橋", "橋高"), ("第1回", "第2回"), ("○", "×")])
def test_other_words_are_not_equal(one: str, other: str) -> None:
    assert not same_text(one, other)


def test_readings_are_equal_in_both_kana() -> None:
    assert reading_key("さっぽろし") == reading_key("サッポロシ")


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)


@pytest.mark.parametrize(
    ("text", "hidden"), [("abc\u202edef", True), ("a\x00", True), ("二行\nの文", False), ("髙", False)]
)
def test_hidden_characters_are_seen(text: str, hidden: bool) -> None:
    assert has_hidden_characters(text) is hidden
