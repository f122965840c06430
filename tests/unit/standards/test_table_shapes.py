"""Where tables stand in workbooks and texts, and what is told of how they stand there, each with its place."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.table import TableFile

PLACES = [["名称", "住所", "電話番号"], ["役場", "一条1", "0123-45-6789"], ["図書館", "二条2", "0123-45-6790"]]
COUNTS = [["地区", "世帯", "人口"], ["北", 10, 21], ["南", 11, 25]]


def workbook(rows: list[list[object]], change: Callable[[Worksheet], object] = lambda _sheet: None) -> TableFile:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    return read("a.xlsx", content.getvalue())


def text(rows: list[list[object]]) -> TableFile:
    lines = "".join(",".join(map(str, row)) + "\r\n" for row in rows)
    return read("a.csv", b"\xef\xbb\xbf" + lines.encode())


def told(file: TableFile, *rules: str) -> list[Finding]:
    return [finding for finding in file.findings if finding.rule in rules]


def places(file: TableFile, rule: str) -> list[tuple[int | None, int | None]]:
    return [(finding.row, finding.place) for finding in told(file, rule)]


@pytest.mark.parametrize("make", [workbook, text])
def test_a_plain_table_has_nothing_wrong(make: Callable[[list[list[object]]], TableFile]) -> None:
    file = make(PLACES)
    assert [table.headings for table in file.tables] == [tuple(PLACES[0])]
    assert file.tables[0].frame.rows() == [tuple(row) for row in PLACES[1:]]
    assert file.findings == []


@pytest.mark.parametrize("make", [workbook, text])
@pytest.mark.parametrize(
    "above", [[["一覧"]], [["一覧"], [], ["令和8年4月1日現在", "", "総務課"]], [["# 一覧"], ["# 町"]]]
)
def test_titles_and_notes_above_are_no_headings(
    make: Callable[[list[list[object]]], TableFile], above: list[list[object]]
) -> None:
    file = make([*above, *PLACES])
    (table,) = file.tables
    assert (table.headings, table.heading_row) == (tuple(PLACES[0]), len(above) + 1)
    assert (table.row(0), table.row(1)) == (len(above) + 2, len(above) + 3)
    assert places(file, "L3-01") == [(len(above) + 1, None)]


def test_merged_headings_become_one_each() -> None:
    rows = [["地区", "人口", None, "備考"], [None, "男", "女", None], ["北", 1, 2, "x"], ["南", 3, 4, "y"]]
    file = workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A1:A2", "B1:C1", "D1:D2")])
    (table,) = file.tables
    assert table.headings == ("地区", "人口_男", "人口_女", "備考")
    assert (table.heading_row, table.row(0)) == (2, 3)
    assert [finding.params["area"] for finding in told(file, "L1-12")] == ["A1:A2", "B1:C1", "D1:D2"]
    assert told(file, "table-heading-rows")[0].params == {"rows": 2}


def test_headings_of_two_rows_in_a_text_become_one_each() -> None:
    (table,) = text([["地区", "人口", "", ""], ["", "男", "女", "計"], ["北", 1, 2, 3], ["南", 3, 4, 7]]).tables
    assert (table.heading_row, table.headings) == (2, ("地区", "人口_男", "女", "計"))


@pytest.mark.parametrize(
    ("rows", "row", "headings"),
    [
        # A title of two cells is none; codes above names are headings, too.
        ([["世帯数調査", "令和8年", ""], ["町", "世帯", "人口"]], 2, ("町", "世帯", "人口")),
        ([["A", "B", "C"], ["町", "世帯", "人口"]], 2, ("A_町", "B_世帯", "C_人口")),
        ([["町", "世帯", "人口"]], 1, ("町", "世帯", "人口")),
        ([["年", "2024", "2025"]], 1, ("年", "2024", "2025")),
    ],
)
def test_a_fuller_row_of_words_over_numbers_has_the_headings(
    rows: list[list[object]], row: int, headings: tuple[str, ...]
) -> None:
    (table,) = text([*rows, ["北", 1, 2], ["南", 3, 4]]).tables
    assert (table.heading_row, table.headings, table.frame.height) == (row, headings, 2)


def test_records_of_words_are_no_headings_under_a_merged_one() -> None:
    rows = [["名称", "所在地", None], ["役場", "北町", "一条"], ["図書館", "南町", "二条"]]
    (table,) = workbook(rows, lambda sheet: sheet.merge_cells("B1:C1")).tables
    assert (table.heading_row, table.frame.height) == (1, 2)


@pytest.mark.parametrize("make", [workbook, text])
def test_tables_below_each_other_are_told_apart(make: Callable[[list[list[object]]], TableFile]) -> None:
    file = make([*COUNTS, [], ["世帯の内訳"], ["世帯人員", "世帯数", "割合"], ["1人", 5, 50], ["2人", 5, 50]])
    assert [(table.heading_row, table.frame.height) for table in file.tables] == [(1, 2), (6, 2)]
    assert places(file, "L1-02") == [(6, None)]


def test_tables_beside_each_other_are_told_apart() -> None:
    file = workbook([[*left, None, *right] for left, right in zip(COUNTS, COUNTS, strict=True)])
    assert [(table.left, table.headings) for table in file.tables] == [(0, tuple(COUNTS[0])), (4, tuple(COUNTS[0]))]
    assert file.tables[1].place(0) == 5


@pytest.mark.parametrize("make", [workbook, text])
def test_a_blank_row_inside_divides_no_table(make: Callable[[list[list[object]]], TableFile]) -> None:
    file = make([*PLACES[:2], [], *PLACES[2:]])
    (table,) = file.tables
    assert [table.row(index) for index in range(table.frame.height)] == [2, 4]
    assert places(file, "L1-03") == [(3, None)]


def test_notes_below_are_told_and_no_records() -> None:
    file = workbook([*PLACES, [], ["※閉館中の施設を除く"], ["総務課"]])
    assert file.tables[0].frame.height == 2
    assert [(finding.row, finding.value) for finding in told(file, "table-notes")] == [
        (5, "※閉館中の施設を除く"),
        (6, "総務課"),
    ]


@pytest.mark.parametrize(
    ("word", "total"), [("合計", True), ("全道計", True), ("石狩振興局計", True), ("血圧計", False)]
)
def test_a_row_of_totals_is_told_and_stays(word: str, total: bool) -> None:
    file = text([*COUNTS, [word, 21, 46]])
    assert file.tables[0].frame.height == 3
    assert [finding.row for finding in told(file, "table-total")] == [4] * total


def test_a_linkdata_file_is_read_by_its_property_row() -> None:
    rows = [["#lang", "ja", ""], ["#property", "name", "address"], ["#object_type_xsd", "string", "string"]]
    (table,) = text([*rows, ["1", "役場", "一条"], ["2", "図書館", "二条"]]).tables
    assert (table.headings, table.left, table.row(0)) == (("name", "address"), 1, 4)
    assert table.frame.rows() == [("役場", "一条"), ("図書館", "二条")]


def test_examples_and_hidden_sheets_are_no_data() -> None:
    def add(sheet: Worksheet) -> None:
        for name in ("一覧_作成例", "選択肢"):
            other = sheet.parent.create_sheet(name)
            other.append(["名称", "住所"])
            other.append(["○○小学校", "北海道"])
        sheet.parent["選択肢"].sheet_state = "hidden"

    file = workbook(PLACES, add)
    assert [table.sheet for table in file.tables] == ["Sheet"]
    assert [finding.sheet for finding in told(file, "sheet-example", "sheet-hidden")] == ["一覧_作成例", "選択肢"]


def test_hidden_rows_and_columns_formulas_errors_and_charts_are_told_with_their_place() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet["C3"] = "=1+1"
        sheet["A3"] = "#REF!"
        sheet["A3"].data_type = "e"
        sheet.add_chart(BarChart(), "E7")

    file = workbook(PLACES, change)
    assert places(file, "L1-13") == [(2, None)]
    assert places(file, "sheet-hidden-column") == [(None, 2)]
    assert [(finding.row, finding.column) for finding in told(file, "L2-06")] == [(3, "電話番号")]
    assert [(finding.row, finding.column) for finding in told(file, "sheet-error")] == [(3, "名称")]
    assert [(one.row, one.place, one.params["kind"]) for one in told(file, "L1-10")] == [(7, 5, "chart")]


def test_blank_and_equal_headings_are_told() -> None:
    file = text([["名称", "", "名称", "備考"], ["a", "b", "c", "d"], ["e", "f", "g", "h"]])
    assert places(file, "L1-05") == [(1, 2)]
    assert places(file, "L2-03") == [(1, 1), (1, 3)]


def test_a_table_without_headings_is_told() -> None:
    file = text([["100", "41", "9"], ["101", "42", "8"]])
    assert [(table.heading_row, table.frame.height, table.row(0)) for table in file.tables] == [(0, 2, 1)]
    assert places(file, "table-no-heading") == [(1, None)]


def test_rows_of_another_width_and_blank_ends_are_told() -> None:
    file = read("a.csv", '名称,住所,電話,,\na,b,c,,\na,b,c,d,\nb\n"e\nf",g,h,,\n,,,,\n\n\n'.encode("utf-8-sig"))
    assert places(file, "table-short") == [(4, None)]
    assert places(file, "L1-05") == [(1, 4)]
    assert [(one.row, one.column, one.value) for one in told(file, "L1-14")] == [(5, "名称", "e ⏎ f")]
    assert told(file, "table-blank-rows")[0].params == {"rows": 3}
    assert told(file, "table-blank-columns")[0].params == {"columns": 1}


def test_a_row_with_more_values_than_headings_is_told() -> None:
    file = read("a.csv", "名称,住所\na,b\nc,d,e\nf,g\n".encode("utf-8-sig"))
    assert [(one.row, one.params) for one in told(file, "L1-15")] == [(3, {"cells": 3, "headings": 2})]


def test_a_sheet_of_explanations_has_no_table_and_no_faults() -> None:
    def add(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("説明", 0)
        for line in ("この調査について", None, "回答は8月末までに"):
            other.append([line])

    file = workbook(PLACES, add)
    assert [table.sheet for table in file.tables] == ["Sheet"]
    assert file.findings == []


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    file = workbook(PLACES, lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    assert [(one.rule, one.sheet) for one in file.findings] == [("sheet-large", "Sheet")]
    assert file.tables == []


def test_blanks_around_headings_are_told_in_whichever_row_they_stand() -> None:
    rows = [["地区", "人口 ", None], [None, "男", "女 "], ["北", 1, 2], ["南", 3, 4]]
    file = workbook(rows, lambda sheet: [sheet.merge_cells(area) for area in ("A1:A2", "B1:C1")])
    assert [(one.column, one.value) for one in told(file, "table-heading-space")] == [
        ("人口_男", "人口 "),
        ("人口_女", "女 "),
    ]
    assert file.tables[0].headings == ("地区", "人口_男", "人口_女")


def test_figures_that_are_stored_as_texts_are_told_of_columns_of_numbers_only() -> None:
    file = workbook([["施設", "定員", "郵便番号"], ["北", 120, 608588], ["南", "80", "608589"], ["東", 60, 608587]])
    assert [(one.row, one.column, one.params) for one in told(file, "sheet-digits")] == [(3, "定員", {"cells": 1})]


def test_cells_of_another_look_are_told_and_stripes_are_not() -> None:
    def paint(sheet: Worksheet) -> None:
        for row in range(2, 12, 2):
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFEEEEEE")
        for row in (3, 4):
            sheet.cell(row, 2).font = Font(color="FFFF0000")

    file = workbook([["地区", "人口"], *([f"町{row}", row] for row in range(2, 12))], paint)
    assert [(one.row, one.column, one.count) for one in told(file, "sheet-formats")] == [(3, "人口", 2)]


def test_a_sheet_has_as_many_columns_as_can_be_looked_at() -> None:
    file = workbook(PLACES, lambda sheet: sheet.cell(1, 2_001, "x"))
    assert [(one.rule, one.sheet, one.params) for one in file.findings] == [("file-wide", "Sheet", {"limit": 2_000})]
    assert file.tables == []


def test_tables_are_read_until_a_file_has_too_many_columns() -> None:
    def add(sheet: Worksheet) -> None:
        for number in range(3):
            other = sheet.parent.create_sheet(f"年{number}")
            for row in range(3):
                other.append([f"項目{place}" if row == 0 else place for place in range(1_800)])

    file = workbook(PLACES, add)
    assert [table.sheet for table in file.tables] == ["Sheet", "年0", "年1"]
    assert [(one.sheet, one.params) for one in told(file, "file-wide")] == [("年2", {"limit": 5_000})]


def test_a_character_that_a_database_lacks_is_no_part_of_a_cell() -> None:
    file = workbook(PLACES, lambda sheet: sheet.cell(2, 1, "_x0000_役_x0000_場"))
    assert file.tables[0].frame["0"][0] == "役場"
