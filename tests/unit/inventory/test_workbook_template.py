"""The suite's own template: easy to fill, hard to break, and home again after any cleaning."""

from __future__ import annotations

import io
import itertools

from openpyxl import Workbook, load_workbook

from ckanext.hokkaido_inventory.domain.disclosure import decide
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.result import WorkbookKind
from ckanext.hokkaido_inventory.workbook.template import decision_formula

CELLS = {"有": "yes", "無": "no", "要確認": "unclear", "": None}
VOCABULARIES_OF_ROW = {"reason": "paper", "update_frequency": "ANNUAL", "format": "CSV"}


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_it_opens_at_the_sheet_to_fill(template) -> None:
    book = opened(template())
    assert book.sheetnames == ["使い方", "回答", "_code"]
    assert book.active.title == "回答"
    assert book["_code"].sheet_state == "hidden"


def test_the_headings_stay_in_sight_and_on_each_printed_page(template) -> None:
    sheet = opened(template())["回答"]
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"


def test_every_heading_explains_itself(template) -> None:
    sheet = opened(template())["回答"]
    assert all(cell.comment and cell.comment.text for cell in sheet[5])


def test_only_the_cells_to_fill_are_unlocked(template) -> None:
    sheet = opened(template())["回答"]
    assert sheet.protection.sheet
    assert {cell.column_letter for cell in sheet[7] if cell.protection.locked} == {"A", "K"}
    assert all(cell.protection.locked for cell in sheet[6])


def test_the_lists_offer_the_answers_of_the_form(template) -> None:
    lists = {
        str(rule.sqref): rule.formula1
        for rule in opened(template())["回答"].data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists["E7:E10"] == '"有,無,要確認"'
    assert lists["S7:S10"] == "'_code'!$D$1:$D$2"


def test_the_decision_is_a_live_formula_over_the_six_answers(template) -> None:
    sheet = opened(template())["回答"]
    assert sheet["K7"].value == decision_formula(7)
    assert all(f"{column}7" in sheet["K7"].value for column in "EFGHIJ")


def test_no_text_becomes_a_formula(template) -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("http://x")']
    sheet = opened(template(*({"number": n, "title": text} for n, text in enumerate(dangerous, 1))))["回答"]
    cells = [sheet.cell(7 + place, 3) for place in range(len(dangerous))]
    assert [cell.value for cell in cells] == dangerous
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_the_example_is_marked_and_never_imported(template) -> None:
    content = template()
    sheet = opened(content)["回答"]
    assert sheet["A6"].value == "例"
    assert sheet["C6"].value
    assert [row.values["title"] for row in read(content).rows] == ["公共施設一覧"]


def test_spare_rows_have_no_number_and_are_not_answers(template) -> None:
    content = template({"number": 5, "title": "一覧"})
    assert [opened(content)["回答"].cell(row, 1).value for row in range(7, 11)] == [5, None, None, None]
    assert [row.number for row in read(content).rows] == [5]


def test_codes_become_words_and_codes_again(template, vocabularies) -> None:
    content = template({"number": 1, "title": "一覧", **VOCABULARIES_OF_ROW})
    sheet = opened(content)["回答"]
    assert [sheet[f"{column}7"].value for column in "SOM"] == ["紙のみ", "毎年", "CSV"]
    values = read(content, vocabularies).rows[0].values
    assert {key: values[key] for key in VOCABULARIES_OF_ROW} == VOCABULARIES_OF_ROW


def test_the_machine_codes_come_home(template) -> None:
    result = read(template(codes={"survey": "s-1", "unit": "u-1"}))
    assert result.codes == {"form": "hokkaido-inventory-1", "survey": "s-1", "unit": "u-1"}


def test_a_cleaned_template_comes_home_without_its_hidden_sheet_checks_and_protection(template) -> None:
    source = opened(template())["回答"]
    cleaned = Workbook()
    cleaned.active.title = "Sheet1"
    for cells in source.iter_rows():
        for cell in cells:
            if cell.data_type != "f" and cell.value is not None:
                cleaned.active.cell(cell.row, cell.column, cell.value)
    stream = io.BytesIO()
    cleaned.save(stream)
    result = read(stream.getvalue())
    assert result.kind is WorkbookKind.TEMPLATE
    assert result.codes == {}
    assert result.findings == []
    assert [(row.number, row.values["title"], row.values["record_count"]) for row in result.rows] == [
        (1, "公共施設一覧", 1200)
    ]


def test_columns_in_another_order_are_known_by_their_headings(template, changed) -> None:
    def swap(book: Workbook) -> None:
        sheet = book["回答"]
        for row in range(5, 11):
            first, second = sheet.cell(row, 5).value, sheet.cell(row, 10).value
            sheet.cell(row, 5, second)
            sheet.cell(row, 10, first)
        sheet["E7"], sheet["J7"] = "有", "無"

    result = read(changed(template(), swap))
    assert result.rows[0].values["legal_restriction"] == "yes"
    assert result.rows[0].values["personal_information"] == "no"


def test_a_row_added_by_hand_needs_no_number(template, changed) -> None:
    def add(book: Workbook) -> None:
        book["回答"]["C30"] = "新しい一覧"

    assert [(row.number, row.row) for row in read(changed(template(), add)).rows] == [(1, 7), (None, 30)]


def test_another_sheet_is_reported_and_not_read(template, changed) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("メモ")["A1"] = "あとで"

    assert [(found.code, found.sheet) for found in read(changed(template(), add)).findings] == [
        ("sheet_unknown", "メモ")
    ]


def test_the_formula_equals_the_decision_for_every_combination_of_answers(computed_sheet) -> None:
    for row in itertools.product(CELLS, repeat=6):
        cells = dict(zip("EFGHIJ", row, strict=True)) | {"C": "一覧"}
        expected = decide({key: CELLS[cell] for key, cell in zip(DISCLOSURE_KEYS, row, strict=True)}).label
        assert computed_sheet(cells, {"K": decision_formula(7)}).value("K") == expected


def test_a_row_without_a_name_shows_no_decision(computed_sheet) -> None:
    cells = dict.fromkeys("CEFGHIJ", "")
    assert computed_sheet(cells, {"K": decision_formula(7)}).value("K") == ""
