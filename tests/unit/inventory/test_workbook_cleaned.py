"""Closed networks clean files (無害化): what is left of a workbook still comes home."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.form_code import make_code
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.result import WorkbookKind
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE

CODE = make_code("s", "u", datetime(2026, 11, 25, tzinfo=UTC))


def cleaned(content: bytes, *, name: str = "Sheet1") -> bytes:
    """Return a workbook of which only the values of visible sheets are left."""
    source = load_workbook(io.BytesIO(content))
    target = Workbook()
    target.remove(target.active)
    for number, sheet in enumerate(sheet for sheet in source.worksheets if sheet.sheet_state == "visible"):
        copy = target.create_sheet(f"{name}{number}")
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            if cell.value is not None and cell.data_type != "f":
                copy[cell.coordinate].value, copy[cell.coordinate].data_type = cell.value, cell.data_type
    stream = io.BytesIO()
    target.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("question_set", ["light", "standard", "full"])
def test_a_cleaned_template_is_known_by_what_can_be_seen(template, question_set) -> None:
    rows = [
        {"number": 12, "title": "=一覧", "change": "gone", "version": 3, "remarks": "一行目\n二行目"},
        {"number": 13, "title": "0012", "change": "carried", "version": 1, "listing": "staff"},
        {"number": 15, "title": "ＡＢＣ", "change": "unchanged", "version": 1},
    ]
    content = template(*rows, code=CODE, codes={"question_set": question_set}, question_set=question_set)
    whole, left = read(content), read(cleaned(content))
    assert left.kind is WorkbookKind.TEMPLATE
    assert [(row.number, row.change, row.values) for row in left.rows] == [
        (row.number, row.change, row.values) for row in whole.rows
    ]
    assert [(row.number, row.change) for row in left.rows] == [(12, Change.GONE), (13, None), (15, Change.UNCHANGED)]
    assert left.rows[0].values["remarks"] == "一行目\n二行目"
    assert left.rows[1].values["listing"] == "staff"
    assert left.codes == {FORM_CODE: CODE}
    assert {found.code for found in left.findings} <= {"sheet_unknown"}


def test_a_mistyped_number_of_the_form_is_told(template, changed) -> None:
    def mistype(book) -> None:
        book["回答"]["C4"] = "1111-2222-3333-4444"

    result = read(changed(template(code=CODE), mistype))
    assert [(found.code, found.row, found.column) for found in result.findings] == [("form_code_invalid", 4, "C")]
    assert FORM_CODE not in result.codes


def test_an_unknown_word_in_the_column_of_changes_is_told(template, changed) -> None:
    def write(book) -> None:
        book["回答"]["B7"], book["回答"]["B8"], book["回答"]["C8"] = "変更なしです", "未確認", "二つ目"

    result = read(changed(template(), write))
    assert [(found.code, found.row, found.column) for found in result.findings] == [("not_in_list", 7, "B")]
    assert [row.change for row in result.rows] == [None, None]
