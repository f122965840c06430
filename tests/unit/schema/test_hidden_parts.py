"""What a workbook hides is read, and told."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from ckanext.hokkaido_core.domain.spans import spans
from ckanext.hokkaido_schema.domain.hidden import HiddenPart, said
from ckanext.hokkaido_schema.workbook.hidden import hidden_parts, hidden_sheets
from ckanext.hokkaido_schema.workbook.reading import sheets


def written(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled() -> Workbook:
    book = Workbook()
    book.active.title = "一覧"
    for row in ["名称", "説明", ""], ["公園", "町の公園", ""], ["橋", "", ""], ["道路", "町道", ""]:
        book.active.append(row)
    return book


def told(book: Workbook, *read: str) -> list[tuple[str, str, str, int]]:
    content = written(book)
    found = sheets(content)
    assert isinstance(found, dict)
    parts = hidden_parts(content, found, read)
    return [(one.code, one.sheet, one.where, one.count) for one in parts]


def test_nothing_is_told_of_what_everybody_sees() -> None:
    assert told(filled(), "一覧") == []


def test_rows_that_a_filter_hides_are_told() -> None:
    book = filled()
    book["一覧"].auto_filter.ref = "A1:B4"
    # A filter hides rows as a person does; rows without content do not matter.
    for row in (2, 3, 9):
        book["一覧"].row_dimensions[row].hidden = True
    assert told(book, "一覧") == [("rows", "一覧", "2-3", 2)]


def test_columns_with_content_are_told() -> None:
    book = filled()
    for letter in "BC":
        book["一覧"].column_dimensions[letter].hidden = True
    assert told(book, "一覧") == [("columns", "一覧", "B", 1)]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize(("read", "code"), [("控え", "sheet_read"), ("一覧", "sheet_not_read")])
def test_a_hidden_sheet_is_told_whether_it_is_read_or_not(state: str, read: str, code: str) -> None:
    book = filled()
    book.create_sheet("控え").append(["名称"])
    book.create_sheet("空")
    book["控え"].sheet_state = book["空"].sheet_state = state
    assert hidden_sheets(written(book)) == {"控え", "空"}
    assert told(book, read) == [(code, "控え", "", 0)]


def test_what_is_told_names_the_place() -> None:
    part = HiddenPart("rows", "一覧", "2-3", 2)
    assert "一覧" in said(part.stored())["message"]
    assert "2-3" in said(part.stored())["message"]


@pytest.mark.parametrize(
    ("numbers", "short"),
    [([], ""), ([4], "4"), ([3, 4, 5, 8], "3-5、8"), (range(1, 30, 2), "1、3、5、7、9、11、13、15、17、19、…")],
)
def test_many_numbers_are_told_in_few_signs(numbers: list[int], short: str) -> None:
    assert spans(numbers) == short
