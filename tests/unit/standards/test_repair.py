"""Messy files become the tables that a person has written by hand; what no machine is sure of stays, and is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from ckanext.hokkaido_standards.checking import check
from ckanext.hokkaido_standards.repair.change import Repaired
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.repair.written import csv_bytes, notes_text
from ckanext.hokkaido_standards.repairing import repair
from ckanext.hokkaido_standards.wording import done

FOLDER = Path(__file__).parent / "repairs"
CASES = yaml.safe_load((FOLDER / "cases.yaml").read_text(encoding="utf-8"))
BOM = b"\xef\xbb\xbf"


def content(case: Mapping[str, Any]) -> bytes:
    """Return the messy file of a case."""
    if "sheets" in case:
        return _workbook(case["sheets"])
    encoding = case.get("encoding", "utf-8")
    if "bytes" in case:
        return case["bytes"].encode(encoding)
    if "text" in case:
        return case["text"].replace("\n", "\r\n").encode(encoding)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=case["delimiter"]).writerows(case["rows"])
    return text.getvalue().encode(encoding)


def _workbook(sheets: list[dict[str, Any]]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for told in sheets:
        sheet = book.create_sheet(told["name"])
        for row in told["rows"]:
            sheet.append([None if cell == "" else cell for cell in row])
        for area in told.get("merge", ()):
            sheet.merge_cells(area)
        for place in told.get("times", ()):
            seconds = round(sheet[place].value * 86400)
            sheet[place].value = time(seconds // 3600, seconds % 3600 // 60)
        sheet.sheet_state = "hidden" if told.get("hidden") else "visible"
    book.save(stream)
    return stream.getvalue()


def expected(name: str) -> list[list[str]]:
    """Return a table as it was written by hand."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def tables(repaired: Repaired) -> list[list[list[str]]]:
    """Return the repaired tables, read from the files that are written of them by a reader that is not ours."""
    return [list(csv.reader(io.StringIO(csv_bytes(one).decode("utf-8-sig"), newline=""))) for one in repaired.tables]


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return request.param


def test_a_messy_file_becomes_the_table_that_a_person_wrote(case: Mapping[str, Any]) -> None:
    repaired = repair(case["file"], content(case))
    assert tables(repaired) == [expected(name) for name in case["out"]]
    assert all(csv_bytes(one).startswith(BOM) for one in repaired.tables)
    stem = case["file"].rpartition(".")[0]
    several = len(repaired.tables) > 1
    names = case.get("names") or [
        f"{stem}_{number + 1}.csv" if several else f"{stem}.csv" for number in range(len(case["out"]))
    ]
    assert [one.name for one in repaired.tables] == names


def test_what_was_done_and_what_is_left_is_told(case: Mapping[str, Any]) -> None:
    repaired = repair(case["file"], content(case))
    assert set(repaired.counts) - set(case.get("maybe", ())) == set(case["rules"])
    assert [note.text for note in repaired.notes] == case.get("notes", [])
    left = {one.rule for one in repaired.left}
    if "left" in case:
        assert left - set(case.get("maybe_left", ())) == set(case["left"]) - set(case.get("maybe_left", ()))
    for change in repaired.changes:
        assert all(done(change.rule, language) for language in ("ja", "en"))
        assert change.before != change.after or not change.before


def test_repairing_what_was_repaired_changes_nothing(case: Mapping[str, Any]) -> None:
    for table in repair(case["file"], content(case)).tables:
        again = repair(table.name, csv_bytes(table))
        assert again.changes == []
        (same,) = again.tables
        assert (same.headings, same.frame.rows()) == (table.headings, table.frame.rows())


def test_a_check_finds_less_after_the_repair_and_nothing_new(case: Mapping[str, Any]) -> None:
    before = check(case["file"], content(case), most=None).counts
    repaired = repair(case["file"], content(case))
    after: dict[str, int] = {}
    for table in repaired.tables:
        for rule, count in check(table.name, csv_bytes(table), most=None).counts.items():
            after[rule] = after.get(rule, 0) + count
    of_repairs = {code for one in REPAIRERS for code in (one.code, *one.also)}
    worse = {rule: count for rule, count in after.items() if rule in of_repairs and count > before.get(rule, 0)}
    assert not worse


def test_a_change_names_the_place_of_the_file_as_it_was() -> None:
    case = next(one for one in CASES if one["name"] == "old-form-in-shift-jis")
    told = [
        (one.rule, one.row, one.column, one.place, one.before, one.after)
        for one in repair(case["file"], content(case)).changes
    ]
    assert ("value-code-form", 2, "全国地方公共団体コード", 1, "01100", "011002") in told
    assert ("set-legacy", 1, "所在地_連結表記", 7, "住所", "所在地_連結表記") in told
    assert ("set-order", None, "都道府県名", 3, "3", "12") in told
    assert ("file-encoding", None, "", None, "Shift_JIS (CP932)", "UTF-8 (BOM)") in told


def test_a_formula_that_was_never_calculated_is_left_to_people() -> None:
    book, stream = Workbook(), io.BytesIO()
    for row in (["名称", "人数", "備考"], ["北", 1, "x"], ["南", "=B2", "y"]):
        book.active.append(row)
    book.save(stream)
    repaired = repair("a.xlsx", stream.getvalue())
    assert [(one.rule, one.row) for one in repaired.left if one.rule == "L2-06"] == [("L2-06", 3)]


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"<html><body>a,b</body></html>", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_says_why(broken: bytes) -> None:
    repaired = repair("a.csv", broken)
    assert (repaired.tables, repaired.changed, len(repaired.left)) == ((), False, 1)


def test_notes_are_a_text_with_a_line_a_row() -> None:
    case = next(one for one in CASES if one["name"] == "title-above-and-notes-below")
    text = notes_text(repair(case["file"], content(case)).notes)
    assert text == "[Sheet1]\r\n公共施設の一覧\r\n令和8年4月1日現在 総務課調べ\r\n※面積は㎡\r\n資料：総務課\r\n"
