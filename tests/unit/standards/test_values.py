"""Values of every kind: what is right, what is only written otherwise, and what is wrong."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_standards.definitions import concepts
from ckanext.hokkaido_standards.values import VALUES, judge

#: Kinds of which any text is right.
FREE = {"text", "id", "extension", "address"}

RIGHT = {
    "choaza_id": ["0001001"],
    "corporate_number": ["7000020010006"],
    "date": ["2026-04-01", "2024-02-29", "2026-04", "2026", "2026年度", "2026-04-01T09:00:00+09:00"],
    "email": ["toshi@city.example.jp", "a.b+c@x-y.example.lg.jp"],
    "count_or_presence": ["0", "2", "有", "無"],
    "integer": ["0", "12", "-3"],
    "kana": ["サッポロシ", "コウエン　ダイ１ゴウ", "ABCホール"],
    "latitude": ["43.062089"],
    "longitude": ["141.354389"],
    "mark": ["1", "○", "0"],
    "municipality_code": ["010006", "011002", "352110"],
    "municipality_name": ["札幌市", "上砂川町", "空知郡上砂川町", "札幌広域圏組合"],
    "number": ["12.5", "0", "-3"],
    "phone": ["011-231-5111", "0123-45-6789", "03-1234-5678", "090-1234-5678", "0120-123-456", "+81-11-231-5111"],
    "postal_code": ["060-8588", "0608588"],
    "prefecture_name": ["北海道", "山口県"],
    "presence": ["有", "無", "可", "不可"],
    "time": ["09:00", "24:00", "23:59", "09:00:00"],
    "url": ["https://www.city.example.jp/", "http://例え.jp/頁?x=1", "https://example.jp:8443/a"],
    "weekdays": ["月火水木金", "日祝", "月火水木金土日"],
}

#: kind, value, rule, how it is written rightly, whether a machine may write it so.
WRONG = [
    ("choaza_id", "1001", "value-form", "0001001", True),
    ("choaza_id", "中央区", "value-choaza", "", True),
    ("corporate_number", "７０００-０２００-１０００-６", "value-form", "7000020010006", True),
    ("corporate_number", "7000020010007", "value-corporate-check", "", True),
    ("corporate_number", "700002001000", "value-corporate", "", True),
    ("date", "2026/4/1", "value-form", "2026-04-01", True),
    ("date", "２０２６年４月１日", "value-form", "2026-04-01", True),
    ("date", "20260401", "value-form", "2026-04-01", True),
    ("date", "令和8年4月1日", "L3-05", "2026-04-01", True),
    ("date", "R8.4.1", "L3-05", "2026-04-01", True),
    ("date", "昭和50年", "L3-05", "1975", True),
    ("date", "令和元年度", "L3-05", "2019年度", True),
    ("date", "令和8年4月1日（2026年4月1日）", "value-form", "2026-04-01", True),
    ("date", "45383", "value-serial", "2024-04-01", True),
    ("date", "2026-02-30", "value-date-none", "", True),
    ("date", "2025-02-29", "value-date-none", "", True),
    ("date", "平成99年1月1日", "value-date-none", "", True),
    ("date", "春ごろ", "value-date", "", True),
    ("email", "toshi＠city.example.jp", "value-form", "toshi@city.example.jp", True),
    ("email", "toshi[at]city.example.jp", "value-email", "", True),
    ("email", "a@example.jp、b@example.jp", "value-several", "", True),
    ("count_or_presence", "２基", "L2-01", "2", True),
    ("count_or_presence", "○", "value-form", "有", True),
    ("count_or_presence", "なし", "value-form", "無", True),
    ("count_or_presence", "数か所", "value-number", "", True),
    ("integer", "1,234", "L2-01", "1234", True),
    ("integer", "３０人", "L2-01", "30", True),
    ("integer", "30 ", "L1-06", "30", True),
    ("integer", "300※1", "L2-01", "300", False),
    ("integer", "3,000人(注2)", "L2-01", "3000", False),
    ("integer", "約300", "L2-01", "300", False),
    ("integer", "30.0", "value-form", "30", True),
    ("integer", "12.5", "value-integer", "", True),
    ("integer", "2～3", "value-number", "", True),
    ("integer", "1万", "value-number", "", True),
    ("kana", "ｻｯﾎﾟﾛ", "value-form", "サッポロ", True),
    ("kana", "さっぽろ", "value-form", "サッポロ", True),
    ("kana", "ﾘﾊﾋﾞﾘ･ﾅｲｶ", "value-form", "リハビリ・ナイカ", True),
    ("kana", "サッポロ\nコウエン", "L1-06", "サッポロコウエン", False),
    ("kana", "札幌", "value-kana", "", True),
    ("latitude", "４３．０６", "value-form", "43.06", True),
    ("latitude", "北緯43度3分43.5秒", "value-coordinate", "43.062083", True),
    ("longitude", "E141.35", "value-coordinate", "141.35", True),
    ("longitude", "東の方", "value-coordinate", "", True),
    ("mark", "〇", "value-form", "○", True),
    ("mark", "有", "value-form", "1", True),
    ("mark", "該当", "value-mark", "", True),
    ("municipality_code", "10006", "value-code-form", "010006", True),
    ("municipality_code", "11002", "value-code-form", "011002", True),
    ("municipality_code", "1100", "value-code-form", "011002", True),
    ("municipality_code", "35343", "value-code", "", True),
    ("municipality_code", "38201", "value-code-form", "382019", True),
    ("municipality_code", "352113", "value-code-check", "", True),
    ("municipality_code", "札幌", "value-code", "", True),
    ("municipality_code", "990000", "value-code", "", True),
    ("municipality_name", "札幌", "L3-06", "札幌市", True),
    ("municipality_name", "市長室", "L3-06", "", True),
    ("number", "1,234.5ｍ", "L2-01", "1234.5", True),
    ("number", "なし", "value-number", "", True),
    ("number", "-", "value-dash", "", True),
    ("phone", "－", "value-dash-word", "", True),
    ("number", "#REF!", "value-error", "", True),
    ("phone", "０１１－２３１－５１１１", "value-form", "011-231-5111", True),
    ("phone", "(011)231-5111", "value-form", "011-231-5111", True),
    ("phone", "(011)-231-5111", "value-form", "011-231-5111", True),
    ("phone", "0112315111", "value-phone", "", True),
    ("phone", "231-5111", "value-phone", "", True),
    ("phone", "011-231-5111、011-231-5112", "value-several", "", True),
    ("postal_code", "〒060-8588", "value-form", "060-8588", True),
    ("postal_code", "60-8588", "value-postal-code", "", True),
    ("prefecture_name", "青森", "L3-06", "青森県", True),
    ("prefecture_name", "江戸", "L3-06", "", True),
    ("presence", "あり", "value-form", "有", True),
    ("presence", "×", "value-form", "無", True),
    ("presence", "有（2台）", "value-presence", "", True),
    ("time", "9:00", "value-form", "09:00", True),
    ("time", "午後1時30分", "value-form", "13:30", True),
    ("time", "９時半", "value-form", "09:30", True),
    ("time", "24:30", "value-time", "", True),
    ("time", "終日", "value-time", "", True),
    ("url", "https://a.example.jp/\n", "L1-06", "https://a.example.jp/", True),
    ("url", "www.city.example.jp", "value-url", "", True),
    ("url", "https://a.example.jp https://b.example.jp", "value-several", "", True),
    ("weekdays", "月～金", "value-form", "月火水木金", True),
    ("weekdays", "土・日・祝日", "value-form", "土日祝", True),
    ("weekdays", "毎日", "value-form", "月火水木金土日", True),
    ("weekdays", "第2月曜日", "value-weekdays", "", True),
]


def test_every_type_of_a_column_is_known() -> None:
    assert {one.type for one in concepts().values()} - FREE == set(VALUES) == set(RIGHT)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in RIGHT.items() for value in values])
def test_a_value_that_is_right_is_left_alone(kind: str, value: str) -> None:
    assert judge(kind, value) is None


@pytest.mark.parametrize(("kind", "value", "rule", "better", "sure"), WRONG)
def test_what_is_wrong_is_told_and_how_it_is_written(kind: str, value: str, rule: str, better: str, sure: bool) -> None:
    fault = judge(kind, value)
    assert fault is not None
    assert (fault.rule, fault.better, fault.sure) == (rule, better, sure)
    # What is mended is right.
    assert not better or judge(kind, better) is None


@pytest.mark.parametrize("kind", VALUES)
def test_the_fast_pattern_takes_nothing_that_the_judge_refuses(kind: str) -> None:
    wrong = [value for of, value, *_rest in WRONG if of == kind]
    column = pl.Series(wrong, dtype=pl.String)
    assert not column.str.contains(VALUES[kind].fine).any()


@pytest.mark.parametrize("kind", VALUES)
def test_a_blank_is_nothing_wrong_and_a_long_text_ends_soon(kind: str) -> None:
    assert judge(kind, "　") is None
    for part in ("1-", " ", "(", "、", "1:", "a.", "月"):
        assert judge(kind, f"1{part * 100_000}字") is not None


def test_a_kind_without_rules_takes_any_text() -> None:
    assert judge("text", "なんでも") is None


@pytest.mark.parametrize("kind", VALUES)
@given(
    text=st.text(
        st.sampled_from(
            "0129０９-－ー.,:：/()（）年月日元令和平成昭和午後時半分約人※° 　\n\t有無○〇月火土日～~@a.Aア゛ｱ㈱+"
        ),
        max_size=14,
    )
)
def test_any_text_is_judged_and_what_is_mended_is_right(kind: str, text: str) -> None:
    fault = judge(kind, text)
    assert fault is None or (fault.better == "" or judge(kind, fault.better) is None)
