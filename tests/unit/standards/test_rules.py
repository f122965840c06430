"""Rules find what is wrong with a table, where it stands, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest

from ckanext.hokkaido_standards.checking import check_file
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.checks.values import Choices
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.definition import Form
from ckanext.hokkaido_standards.domain.recognition import Dialect, Match
from ckanext.hokkaido_standards.domain.region import JAPAN, Box, read_box
from ckanext.hokkaido_standards.report import Report
from ckanext.hokkaido_standards.tables.table import Table, TableFile

#: A toilet of Sapporo as the current form wants it; what stands here is right.
TOILET = {
    "全国地方公共団体コード": "011002",
    "ID": "1",
    "地方公共団体名": "札幌市",
    "名称": "大通公園トイレ",
    "名称_カナ": "オオドオリコウエントイレ",
    "所在地_全国地方公共団体コード": "011011",
    "所在地_連結表記": "北海道札幌市中央区大通西一丁目",
    "設置位置": "公園の東",
    "緯度": "43.06",
    "経度": "141.35",
    "男性トイレ総数": "2",
    "利用開始時間": "09:00",
    "利用終了時間": "24:00",
    "車椅子使用者用トイレ有無": "有",
}


def report(records: Sequence[Mapping[str, str]], *, most: int | None = 100, region: Box | None = None) -> Report:
    headings = tuple(records[0])
    frame = pl.DataFrame(
        {str(place): [record[heading] for record in records] for place, heading in enumerate(headings)},
        schema={str(place): pl.String for place in range(len(headings))},
    )
    file = TableFile("data.csv", "csv", "utf-8", ",", [Table(headings, frame)])
    return check_file(file, most=most, **({"region": region} if region else {}))


def toilets(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one row for each of some changes, with an identifier and a name of its own."""
    return [{**TOILET, "ID": str(row), "名称": f"トイレ{row}", **change} for row, change in enumerate(changes, 1)]


def places(found: Report, rule: str) -> list[tuple[int | None, str, str]]:
    return [(one.row, one.column, one.value) for one in found.findings if one.rule == rule]


def rules(found: Report) -> set[str]:
    return {one.rule for one in found.findings}


def test_what_is_right_is_left_alone() -> None:
    found = report(toilets({}, {}, {}))
    assert rules(found) == {"set-missing"}
    assert (found.main.standard, found.stars, found.clean) == ("13", 5, True)


@pytest.mark.parametrize(
    ("change", "rule", "column", "repairable"),
    [
        ({"緯度": "141.35", "経度": "43.06"}, "place-swapped", "緯度", True),
        ({"緯度": "43062089"}, "place-point", "緯度", True),
        ({"経度": "14135438"}, "place-point", "経度", True),
        ({"緯度": "35.68", "経度": "139.77"}, "place-region", "緯度", False),
        ({"緯度": "0", "経度": "0"}, "place-japan", "緯度", False),
        ({"緯度": "369.56056"}, "place-japan", "緯度", False),
        ({"緯度": ""}, "place-half", "緯度", False),
        ({"経度": "　"}, "place-half", "経度", False),
        ({"緯度": "北緯43度"}, "value-coordinate", "緯度", False),
        ({"男性トイレ総数": "2基"}, "L2-01", "男性トイレ総数", True),
        ({"利用開始時間": "9:00"}, "value-form", "利用開始時間", True),
        ({"車椅子使用者用トイレ有無": "有る"}, "value-presence", "車椅子使用者用トイレ有無", False),
        ({"全国地方公共団体コード": "11002"}, "value-code-form", "全国地方公共団体コード", True),
        ({"全国地方公共団体コード": "011003"}, "value-code-check", "全国地方公共団体コード", False),
        ({"地方公共団体名": "函館市"}, "row-municipality", "地方公共団体名", False),
        ({"所在地_連結表記": "歌志内市字本町"}, "row-municipality", "所在地_連結表記", False),
        ({"所在地_連結表記": "青森県青森市長島"}, "row-municipality", "所在地_連結表記", False),
        ({"名称": ""}, "value-mandatory", "名称", False),
        ({"名称": " 大通公園"}, "L1-06", "名称", True),
        ({"名称": "大 通 公 園"}, "L1-06", "名称", False),
        ({"名称": "大通\n公園"}, "L1-06", "名称", False),
        ({"名称": "㈱髙橋"}, "L1-08", "名称", False),
        ({"名称": "#REF!"}, "value-error", "名称", False),
        ({"設置位置": "〃"}, "L2-02", "設置位置", False),
        ({"設置位置": "鍵は090-1234-5678へ"}, "people-phone", "設置位置", False),
        ({"設置位置": "taro@gmail.com"}, "people-email", "設置位置", False),
    ],
)
def test_a_fault_is_found_in_its_cell(change: Mapping[str, str], rule: str, column: str, repairable: bool) -> None:
    found = report(toilets({}, change, {}))
    assert [(row, where) for row, where, _value in places(found, rule)] == [(3, column)]
    assert [one.repairable for one in found.findings if one.rule == rule] == [repairable]
    # Nothing else is found but what is missing in every table of these tests.
    assert rules(found) - {rule, "set-missing"} <= {"place-japan", "row-municipality"}


@pytest.mark.parametrize(
    "change",
    [
        {"所在地_全国地方公共団体コード": "", "所在地_連結表記": "中央区大通西一丁目"},
        {"所在地_連結表記": "札幌市北区北二十四条西"},
        {"全国地方公共団体コード": "010006", "地方公共団体名": "北海道"},
        {"全国地方公共団体コード": "072133", "地方公共団体名": "伊達市"},
        {"設置位置": "011-231-5111"},
        {"名称": "大通　公園"},
        {"名称": "１〜３号、A−B"},
        {"備考": "一段落目の長い説明がここにあります。ここで段落を変えて、次の行に続けます。\n二段落目の説明です。"},
    ],
)
def test_what_only_looks_wrong_is_left_alone(change: Mapping[str, str]) -> None:
    assert rules(report([{"備考": "", **one} for one in toilets({}, change, {})])) <= {"set-missing", "set-empty"}


def test_a_mandatory_column_is_told_apart_only_where_the_obligation_is_official() -> None:
    without = [{name: value for name, value in one.items() if name != "設置位置"} for one in toilets({}, {})]
    found = report(without)
    assert [one.params["name"] for one in found.findings if one.rule == "set-mandatory"] == ["設置位置"]
    headings = [column.heading for column in standards()["08"].forms[Form.CURRENT] if column.heading != "名称"]
    assert "set-mandatory" not in rules(report([dict.fromkeys(headings, "")]))


def test_headings_are_compared_with_the_form() -> None:
    other = [
        {"名　称" if name == "名称" else name: value for name, value in one.items()} | {"独自": "x"}
        for one in toilets({}, {"ID": "2"})
    ]
    found = report(other)
    assert places(found, "set-spelling") == [(1, "名　称", "名　称")]
    assert places(found, "L1-06") == [(1, "名　称", "名　称")]
    assert [one.params["names"] for one in found.findings if one.rule == "set-heading"] == ["独自"]


def test_a_closed_list_of_the_definition_is_kept() -> None:
    headings = ("全国地方公共団体コード", "設置位置")
    frame = pl.DataFrame({"0": ["011002"] * 3, "1": ["屋内", "屋外 ", "地下"]})
    standard = standards()["13"]
    (column,) = (one for one in standard.forms[Form.CURRENT] if one.heading == "設置位置")
    closed = replace(column, closed=True, concept=replace(column.concept, values=("屋内", "屋外")))
    match = Match(standard, Form.CURRENT, Dialect.CURRENT, 1.0, {1: closed})
    look = Look(TableFile("x.csv"), Table(headings, frame), match)
    assert [(one.row, one.value, one.params) for one in Choices().check(look)] == [
        (4, "地下", {"choices": "屋内、屋外"})
    ]


def test_an_older_form_and_english_headings_are_told() -> None:
    legacy = [column.heading for column in standards()["13"].forms[Form.LEGACY]]
    english = ["localgov_code", "id", "name", "male_wc_total", "female_wc_total", "unisex_wc_total"]
    assert "set-legacy" in rules(report([dict.fromkeys(legacy, "")]))
    assert {"set-english"} <= rules(report([dict.fromkeys(english, "")]))


def test_identifiers_are_there_and_unlike() -> None:
    found = report(toilets({"ID": "a"}, {"ID": ""}, {"ID": "a"}, {"ID": " "}))
    assert [(one.row, one.count) for one in found.findings if one.rule == "row-id-blank"] == [(3, 2)]
    assert [(one.row, one.params["first"]) for one in found.findings if one.rule == "row-id-double"] == [(4, 2)]
    assert found.stars == 3


def test_a_row_that_is_there_twice_is_found_whatever_its_identifier() -> None:
    found = report(toilets({}, {"名称": "同じ"}, {}, {"名称": "同じ"}))
    assert [(one.row, one.params["first"]) for one in found.findings if one.rule == "row-double"] == [(5, 3)]


def test_a_publisher_in_the_first_row_only_is_told_once() -> None:
    found = report(toilets({}, *[{"地方公共団体名": ""}] * 3))
    assert [(one.row, one.count) for one in found.findings if one.rule == "L2-02"] == [(3, 3)]


def test_an_unknown_table_shows_its_kinds_by_itself() -> None:
    found = report(
        [
            {"町名": "東", "乗客数": "－", "階": "-", "基準日": "", "連絡先氏名": "", "電話番号": ""},
            {
                "町名": "北",
                "乗客数": "1,234",
                "階": "1階",
                "基準日": "令和8年4月1日",
                "連絡先氏名": "x",
                "電話番号": "1",
            },
            {"町名": "南", "乗客数": "56", "階": "2階", "基準日": "2026-04-01", "連絡先氏名": "y", "電話番号": ""},
        ]
    )
    assert found.main.standard is None
    assert places(found, "L2-01") == [(3, "乗客数", "1,234")]
    assert places(found, "value-dash") == [(2, "乗客数", "－")]
    assert places(found, "L3-05") == [(3, "基準日", "令和8年4月1日")]
    assert places(found, "value-phone") == [(3, "電話番号", "1")]
    assert [one.column for one in found.findings if one.rule == "people-heading"] == ["連絡先氏名"]
    assert not any(one.repairable for one in found.findings if one.rule in {"L2-01", "L3-05"})


def test_years_side_by_side_are_told() -> None:
    found = report([{"区分": "人口", "令和5年": "1", "令和6年": "2", "2025年度": "3"}])
    assert [one.params["number"] for one in found.findings if one.rule == "L3-09"] == [3]
    told = [(one.column, one.params["better"]) for one in found.findings if one.rule == "L3-05"]
    assert told == [("令和5年", "2023"), ("令和6年", "2024")]


def test_choices_that_are_written_in_several_ways_are_told() -> None:
    found = report(
        [{"町名": f"町{row}", "受付": "○" if row else "〇", "区分": "A区分Ａ"[row % 2 * 2 :]} for row in range(12)]
    )
    assert [(one.row, one.column, one.params["better"]) for one in found.findings if one.rule == "value-variants"] == [
        (2, "受付", "○")
    ]


@pytest.mark.parametrize(("most", "listed", "last"), [(2, 3, 3), (None, 5, 1), (100, 5, 1)])
def test_what_is_listed_is_capped_and_what_is_counted_is_not(most: int | None, listed: int, last: int) -> None:
    changes = [{"利用開始時間": "9:00", "緯度": "35", "経度": "139"}] * 5
    found = report(toilets(*changes), most=most)
    for rule in ("value-form", "place-region"):
        told = [one for one in found.findings if one.rule == rule]
        assert len(told) == listed
        assert told[-1].count == last
        assert found.counts[rule] == 5


def test_the_region_is_the_portals() -> None:
    tokyo = toilets({"緯度": "35.68", "経度": "139.77"})
    assert "place-region" not in rules(report(tokyo, region=JAPAN))
    assert read_box("41.3, 139.3, 45.6, 149") == Box(41.3, 139.3, 45.6, 149.0)
    for wrong in ("", "1,2,3", "5,1,4,2", "a,b,c,d"):
        with pytest.raises(ValueError):
            read_box(wrong)


NO_ROWS = pl.DataFrame({str(place): [] for place in range(4)}, schema={str(place): pl.String for place in range(4)})


@pytest.mark.parametrize(
    ("headings", "frame"),
    [
        ((), pl.DataFrame()),
        (("名称", "緯度", "経度", "ID"), NO_ROWS),
        (("ID", "緯度", "経度", "名称"), pl.DataFrame({str(place): [""] for place in range(4)})),
        ((), pl.DataFrame({"0": ["a", "a"], "1": ["", "b"]})),
    ],
)
def test_a_table_without_rows_values_or_headings_is_taken(headings: tuple[str, ...], frame: pl.DataFrame) -> None:
    found = check_file(TableFile("x.csv", "csv", "utf-8", ",", [Table(headings, frame, 0)]))
    assert found.main.rows == frame.height


def test_every_finding_of_these_rules_is_one_of_theirs() -> None:
    codes = {code for one in RULES for code in (one.code, *getattr(one, "also", ()))}
    found = report(toilets({"緯度": "43062089", "名称": "㈱ ", "利用開始時間": "-"}, {"ID": "1"}))
    assert rules(found) <= codes


def test_rows_that_nobody_has_filled_in_are_no_records_and_are_told_once() -> None:
    given = dict.fromkeys(TOILET, "") | {"全国地方公共団体コード": "011002", "地方公共団体名": "札幌市"}
    found = report([*toilets({}), given, *toilets({"ID": "2", "緯度": "0", "経度": "0"}), given, given])
    (told,) = (one for one in found.findings if one.rule == "table-unfilled")
    assert (told.row, told.params) == (3, {"rows": 3})
    assert (found.main.rows, rules(found)) == (2, {"set-missing", "table-unfilled", "place-japan"})
    # Rows keep their number in the file.
    assert places(found, "place-japan") == [(4, "緯度", "0")]


def test_a_list_of_municipalities_is_no_unfilled_template() -> None:
    names = [
        {"全国地方公共団体コード": "011002", "地方公共団体名": "札幌市"},
        {"全国地方公共団体コード": "012025", "地方公共団体名": "函館市"},
    ]
    found = report(names)
    assert (found.main.rows, "table-unfilled" in rules(found)) == (2, False)
    # Nothing is known of the other column, so that the rows may be what the table is about.
    noted = report([{**name, "届出先": ""} for name in names])
    assert (noted.main.rows, "table-unfilled" in rules(noted)) == (2, False)


@pytest.mark.parametrize(
    ("heading", "value", "wrong"),
    [
        ("多機能トイレ", "有", False),
        ("多機能トイレ", "2", False),
        ("バリアフリートイレ数", "有", True),
        ("バリアフリートイレ数", "2", False),
    ],
)
def test_toilets_of_the_older_form_are_counted_or_said_to_be_there(heading: str, value: str, wrong: bool) -> None:
    record = dict(TOILET)
    if heading == "多機能トイレ":
        older = (column.heading for column in standards()["13"].forms[Form.LEGACY])
        record = {name: TOILET.get(name, "") for name in older if name != "多機能トイレ数"}
    found = report([{**record, heading: value}])
    assert found.main.standard == "13"
    assert any((one.row, one.column) == (2, heading) for one in found.findings) is wrong, list(found.findings)


def test_what_a_record_belongs_to_need_not_be_named_where_it_has_an_identifier_of_its_own() -> None:
    radio = {"防災行政無線_ID": "musen1", "施設_ID": "", "設備_ID": "", "防災行政無線_名称": "中央"}
    assert "row-id-blank" not in rules(report([radio, {**radio, "防災行政無線_ID": "musen2"}]))
    assert places(report([{**radio, "防災行政無線_ID": ""}]), "row-id-blank") == [(2, "防災行政無線_ID", "")]


def test_letters_of_names_are_told_apart_from_symbols() -> None:
    found = report(toilets({"名称": "髙﨑"}, {"名称": "㈱髙橋"}, {"名称": "Café"}))
    assert [(row, value) for row, _column, value in places(found, "value-letter")] == [(2, "髙﨑"), (4, "Café")]
    assert [one.params["characters"] for one in found.findings if one.rule == "L1-08"] == ["㈱"]
