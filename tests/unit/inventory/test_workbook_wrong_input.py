"""Every fault of a workbook's contents comes back at once, with sheet, row, column and what to do.

UP-06 formulas, UP-08 extents that lie, UP-10 dates, UP-11 lost digits, UP-15 turned text, UP-22 long reports.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from openpyxl import Workbook

from ckanext.hokkaido_inventory.workbook.layout import SHEET_TITLES
from ckanext.hokkaido_inventory.workbook.reader import MAX_FINDINGS, read
from ckanext.hokkaido_inventory.workbook.report import report_lines, summary

SECOND, THIRD, FOURTH = SHEET_TITLES[2], SHEET_TITLES[3], SHEET_TITLES[4]


def places(content: bytes) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(found.code, found.sheet, found.row, found.column) for found in read(content).findings]


def setting(cells: dict[tuple[str, str], object]):
    def edit(book: Workbook) -> None:
        for (sheet, place), value in cells.items():
            book[sheet][place] = value

    return edit


def test_an_answer_outside_the_list_is_named_with_its_cell(template, changed) -> None:
    content = changed(template(), setting({("回答", "E7"): "たぶん無"}))
    (finding,) = read(content).findings
    assert (finding.code, finding.sheet, finding.row, finding.column, finding.value) == (
        "not_in_list",
        "回答",
        7,
        "E",
        "たぶん無",
    )
    assert finding.params == {"heading": "個人情報", "choices": "有、無、要確認"}


@pytest.mark.parametrize("mark", ["〇", "○", "×", "はい", "0", "無し"])
def test_nothing_is_guessed(template, changed, mark: str) -> None:
    assert [place[0] for place in places(changed(template(), setting({("回答", "E7"): mark})))] == ["not_in_list"]


@pytest.mark.parametrize("text", [" 要確認 ", "要 確認", "　要確認\n"])
def test_blanks_around_and_inside_an_answer_do_not_matter(template, changed, text: str) -> None:
    result = read(changed(template(), setting({("回答", "E7"): text})))
    assert result.findings == []
    assert result.rows[0].values["personal_information"] == "unclear"


def test_every_fault_of_every_sheet_comes_at_once(official, changed) -> None:
    faults = {
        (SECOND, "C9"): "?",
        (SECOND, "J9"): "?",
        (SECOND, "I10"): "有",
        (THIRD, "E9"): "2026/13/40",
        (FOURTH, "O10"): "多数",
        (FOURTH, "M10"): "半年",
        (FOURTH, "D40"): "公開済",
    }
    assert places(changed(official(), setting(faults))) == [
        ("not_in_list", SECOND, 9, "C"),
        ("not_in_list", SECOND, 9, "J"),
        ("title_missing", SECOND, 10, "B"),
        ("not_a_date", THIRD, 9, "E"),
        ("not_in_list", FOURTH, 10, "M"),
        ("not_a_number", FOURTH, 10, "O"),
        ("answer_without_row", FOURTH, 40, None),
    ]


def test_a_row_with_answers_but_no_name_is_an_error(template, changed) -> None:
    assert places(changed(template(), setting({("回答", "E8"): "無"}))) == [("title_missing", "回答", 8, "C")]


def test_a_formula_in_an_answer_is_refused_with_its_cell(template, changed) -> None:
    content = changed(template(), setting({("回答", "C7"): '=HYPERLINK("http://x","y")', ("回答", "P8"): "=1+1"}))
    assert places(content) == [
        ("formula", "回答", 7, "C"),
        ("title_missing", "回答", 8, "C"),
        ("formula", "回答", 8, "P"),
    ]


def test_computed_cells_of_the_form_are_no_fault(official) -> None:
    assert places(official()) == []


def test_a_cell_that_shows_an_error_is_refused(template, changed) -> None:
    assert places(changed(template(), setting({("回答", "D7"): "#REF!"}))) == [("cell_error", "回答", 7, "D")]


@pytest.mark.parametrize("value", ["-5", "1.5", "約100", dt.date(2026, 4, 1), True, -3, 0.5])
def test_a_count_that_is_no_whole_number_is_refused(template, changed, value: object) -> None:
    content = changed(template(), setting({("回答", "P7"): value}))
    assert places(content) == [("not_a_number", "回答", 7, "P")]


@pytest.mark.parametrize(("value", "expected"), [("１，２００", 1200), ("1,200", 1200), (1200.0, 1200), ("0", 0)])
def test_a_count_is_read_however_it_is_typed(template, changed, value: object, expected: int) -> None:
    result = read(changed(template(), setting({("回答", "P7"): value})))
    assert result.rows[0].values["record_count"] == expected


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2026, 4, 1),
        dt.datetime.fromisoformat("2026-04-01T09:30"),
        "令和8年4月1日",
        "R8.4.1",
        "2026/4/1",
        "２０２６－０４－０１",
    ],
)
def test_a_date_is_read_however_it_is_typed(official, changed, value: object) -> None:
    result = read(changed(official(), setting({(THIRD, "E9"): value})))
    assert result.findings == []
    assert result.rows[0].values["need_confirmed_on"] == "2026-04-01"


@pytest.mark.parametrize("value", ["平成99年1月1日", "未定", dt.time(9, 30), 45000])
def test_what_is_no_date_is_refused(official, changed, value: object) -> None:
    assert places(changed(official(), setting({(THIRD, "E9"): value}))) == [("not_a_date", THIRD, 9, "E")]


def test_digits_lost_by_the_spreadsheet_are_refused(template, changed) -> None:
    content = changed(template(), setting({("回答", "C7"): 123456789012345678}))
    assert places(content) == [("precision_lost", "回答", 7, "C")]


def test_text_beyond_the_limit_is_refused_with_both_lengths(template, changed) -> None:
    (finding,) = read(changed(template(), setting({("回答", "C7"): "長" * 301}))).findings
    assert (finding.code, finding.params["length"], finding.params["limit"]) == ("text_too_long", 301, 300)


def test_text_that_turns_its_direction_is_refused(template, changed) -> None:
    assert places(changed(template(), setting({("回答", "C7"): "一覧\u202egpj.exe"}))) == [
        ("control_character", "回答", 7, "C")
    ]


def test_a_missing_sheet_is_named(official, changed) -> None:
    def without_third(book: Workbook) -> None:
        del book[THIRD]

    (finding,) = read(changed(official(), without_third)).findings
    assert (finding.code, finding.params["missing"]) == ("sheet_missing", THIRD)


def test_a_deleted_column_is_one_finding(official, changed) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[FOURTH]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_cols(16)

    missing = [found for found in read(changed(official(), edit)).findings if found.code.startswith("heading")]
    assert [(found.code, found.sheet, found.params["heading"]) for found in missing] == [
        ("heading_missing", FOURTH, "カラム数")
    ]


def test_an_inserted_column_is_one_finding_with_its_letter(official, changed) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[SECOND]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(4)
        sheet["D8"] = "独自の項目"

    found = [found for found in read(changed(official(), edit)).findings if found.code.startswith("heading")]
    assert [(each.code, each.sheet, each.column, each.value) for each in found] == [
        ("heading_unknown", SECOND, "D", "独自の項目")
    ]


def test_a_changed_heading_is_named_with_what_it_should_be(official, changed) -> None:
    (finding,) = read(changed(official(), setting({(SECOND, "J8"): "所在地"}))).findings
    assert (finding.code, finding.column, finding.value) == ("heading_moved", "J", "所在地")


def test_an_offices_own_criteria_are_welcome(official, changed) -> None:
    assert places(changed(official(), setting({(FOURTH, "I8"): "農業に関する情報"}))) == []


def test_missing_and_unknown_columns_of_the_template_are_named(template, changed) -> None:
    content = changed(template(), setting({("回答", "J5"): "所在地"}))
    assert sorted(places(content), key=str) == sorted(
        [("heading_missing", "回答", 5, None), ("heading_unknown", "回答", 5, "J")], key=str
    )


def test_a_heading_there_twice_is_named(template, changed) -> None:
    content = changed(template(), setting({("回答", "Q5"): "備考"}))
    assert places(content) == [("heading_duplicate", "回答", 5, "BA")]


def test_another_workbook_is_told_from_the_forms(changed, official) -> None:
    def edit(book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            book.remove(sheet)
        book.worksheets[0].title = "予算"
        book.active = 0

    result = read(changed(official(), edit))
    assert result.kind is None
    assert [(found.code, found.params["sheets"]) for found in result.findings] == [("no_table", "予算")]


def test_a_workbook_without_any_value_is_empty(changed, official) -> None:
    def edit(book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            book.remove(sheet)
        book.worksheets[0].delete_rows(1, 100)
        book.active = 0

    assert places(changed(official(), edit)) == [("empty_workbook", None, None, None)]


def test_a_form_nobody_filled_says_so(official) -> None:
    result = read(official({"number": 1}))
    assert [(found.code, found.params["first"]) for found in result.findings] == [("no_rows", 9)]
    assert not result.storable


def test_a_number_used_twice_is_an_error(template, changed) -> None:
    content = changed(template(), setting({("回答", "A8"): 1, ("回答", "C8"): "別の一覧"}))
    (finding,) = read(content).findings
    assert (finding.code, finding.row, finding.params["first"]) == ("number_duplicate", 8, 7)


@pytest.mark.parametrize("value", ["一", -1, 1.5, "1-2", 10_000_000])
def test_a_number_that_is_none_is_an_error(template, changed, value: object) -> None:
    assert places(changed(template(), setting({("回答", "A7"): value}))) == [("number_invalid", "回答", 7, "A")]


def test_a_contradiction_is_a_warning_and_both_answers_stay(template, changed) -> None:
    result = read(changed(template(), setting({("回答", "F7"): "有"})))
    assert [(found.code, found.column) for found in result.findings] == [("contradiction", "F")]
    assert result.storable
    assert result.rows[0].values["specific_personal_information"] == "yes"
    assert result.rows[0].values["personal_information"] == "no"


def test_a_decision_typed_over_is_a_warning(official, changed) -> None:
    (finding,) = read(changed(official(), setting({(SECOND, "L9"): "公開不可"}))).findings
    assert (finding.code, finding.value, finding.params["expected"]) == ("decision_differs", "公開不可", "公開可能")


def test_answers_beside_another_name_are_a_warning(official, changed) -> None:
    content = changed(official(), setting({(FOURTH, "B10"): "別の一覧", (FOURTH, "D10"): "公開済"}))
    assert places(content) == [("title_differs", FOURTH, 10, "B")]


def test_a_value_far_outside_is_refused_before_it_is_read(official, repacked) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = repacked(official(), {"xl/worksheets/sheet3.xml": lambda old: old.replace(b"</sheetData>", far)})
    assert [place[0] for place in places(content)] == ["too_many_rows"]


def test_a_value_far_to_the_right_is_refused(official, changed) -> None:
    assert [place[0] for place in places(changed(official(), setting({(SECOND, "XFD9"): 1})))] == ["too_many_columns"]


def test_a_dimension_that_lies_and_rows_that_are_only_formatted_do_not_matter(official, repacked) -> None:
    empty = b"".join(b'<row r="%d" s="1"><c r="XFD%d" s="1"/></row>' % (row, row) for row in range(2000, 52000))

    def edit(old: bytes) -> bytes:
        lying = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', old)
        return lying.replace(b"</sheetData>", empty + b"</sheetData>")

    result = read(repacked(official(), {"xl/worksheets/sheet3.xml": edit}))
    assert result.findings == []
    assert len(result.rows) == 1


def test_one_long_text_shown_in_many_cells_is_refused(template, repacked) -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(200, 700))
    relation = (
        b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    parts = {
        "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 2_000_000 + b"</t></si></sst>",
        "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", relation),
        "xl/worksheets/sheet2.xml": lambda old: old.replace(b"</sheetData>", cells + b"</sheetData>"),
    }
    assert [place[0] for place in places(repacked(template(), parts))] == ["zip_suspicious"]


def test_broken_xml_is_a_damaged_file(official, repacked) -> None:
    assert [place[0] for place in places(repacked(official(), {"xl/workbook.xml": b"<workbook><sheets>"}))] == [
        "damaged_file"
    ]


def test_the_report_counts_what_it_does_not_spell_out(template, changed) -> None:
    content = changed(template(), setting({("回答", f"{column}7"): "?" for column in "EFGHIJ"}))
    findings = read(content).findings
    lines = report_lines(findings, limit=4)
    assert len(lines) == 5
    assert lines[0].startswith("[Error] Sheet “回答”, row 7, column E: “?” is not an answer")
    assert lines[-1] == "… and 2 more."
    assert summary(findings).startswith("6 errors, 0 warnings.")


def test_more_problems_than_anybody_reads_are_counted(template, repacked) -> None:
    wrong = '<c r="{column}{row}" t="inlineStr"><is><t>?</t></is></c>'
    rows = "".join(
        f'<row r="{row}">{"".join(wrong.format(column=column, row=row) for column in "EFGHIJ")}</row>'
        for row in range(100, 400)
    )
    edit = {"xl/worksheets/sheet2.xml": lambda old: old.replace(b"</sheetData>", f"{rows}</sheetData>".encode())}
    findings = read(repacked(template(), edit)).findings
    assert len(findings) == MAX_FINDINGS + 1
    # In each row six answers and the name are wrong.
    assert (findings[-1].code, findings[-1].params) == ("more_findings", {"count": 300 * 7 - MAX_FINDINGS})
