"""The workbook comes back with its errors marked, and without its dangers."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.workbook.marking import mark
from ckanext.hokkaido_inventory.workbook.reader import read


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def marked(content: bytes):
    return opened(mark(content, read(content).findings, lambda text: text.replace("Sheet", "シート")))


def test_wrong_cells_are_coloured_and_say_what_to_do(template, changed) -> None:
    def spoil(book) -> None:
        book["回答"]["E7"], book["回答"]["P7"] = "たぶん", "多数"

    content = changed(template(), spoil)
    book = marked(content)
    sheet = book["回答"]
    assert "シート" in sheet["E7"].comment.text
    assert "→" in sheet["E7"].comment.text
    assert {sheet[place].fill.fgColor.rgb for place in ("E7", "P7")} == {"00F8CBAD"}
    assert sheet["F7"].comment is None
    found = list(book["誤りの一覧"].iter_rows(min_row=2, values_only=True))
    assert [row[1:5] for row in found] == [("回答", 7, "E", "たぶん"), ("回答", 7, "P", "多数")]


def test_the_marked_workbook_comes_home_as_the_one_that_was_sent(template, changed) -> None:
    """The list that was added is no sheet of answers, and a second marking replaces it."""

    def spoil(book) -> None:
        book["回答"]["E7"] = "たぶん"

    content = changed(template(codes={"survey": "s"}), spoil)
    first = read(content)
    again = mark(mark(content, first.findings), first.findings)
    second = read(again)
    assert (second.rows, second.findings, second.codes) == (first.rows, first.findings, first.codes)
    assert opened(again).sheetnames.count("誤りの一覧") == 1


def test_no_text_and_no_refused_formula_becomes_a_live_formula(template, changed) -> None:
    """UP-05, UP-06 and UP-07: text stays text, a formula in an answer and one that leads outside come back as text."""

    def spoil(book) -> None:
        sheet = book["回答"]
        sheet["C7"] = '=HYPERLINK("http://x","y")'
        sheet["AA30"] = "='[1]Sheet1'!A1"
        sheet["C8"].value, sheet["C8"].data_type = "=1+1", "s"

    sheet = marked(changed(template(), spoil))["回答"]
    assert [sheet[place].data_type for place in ("C7", "AA30", "C8")] == ["s", "s", "s"]
    assert sheet["C8"].value == "=1+1"
    assert sheet["K7"].data_type == "f"


def test_an_error_in_a_merged_cell_is_marked_where_people_see_it(official) -> None:
    content = official({"title": "一覧"})
    sheet = "3. ニーズ把握用ワークシート"
    book = opened(
        mark(content, [Finding(kind("title_differs"), sheet, 9, "C", "x", {"expected": "一", "other": "二"})])
    )
    assert book[sheet]["B9"].comment.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_text_file_comes_back_as_a_workbook(encoding) -> None:
    """UP-07, UP-14: whatever a cell starts with, it is text."""
    content = "データ名,個人情報\n=髙島一覧,たぶん\n".encode(encoding)
    finding = Finding(kind("not_in_list"), "file.csv", 2, "B", "たぶん", {"heading": "個人情報", "choices": "有、無"})
    sheet = opened(mark(content, [finding]))["CSV"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=髙島一覧", "s")
    assert "有、無" in sheet["B2"].comment.text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7"])
def test_of_what_cannot_be_opened_the_list_alone_comes_back(content) -> None:
    """UP-12: no file is unpacked that the guard refuses."""
    book = opened(mark(content, [Finding(kind("damaged_file"))]))
    assert book.sheetnames[-1] == "誤りの一覧"
    assert book["誤りの一覧"]["F2"].value
