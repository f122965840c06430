"""What a table says of itself, by its bytes and within limits."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date

import openpyxl
import pytest

from ckanext.hokkaido_core.domain.eras import Span
from ckanext.hokkaido_schema.domain.table_shape import Column, column_types, period_named
from ckanext.hokkaido_schema.table_facts import described, look

AED = "名称,住所,設置位置,小児対応設備の有無,利用可能曜日\r\n役場,当別町1,1階,有,月火\r\n"


def _workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_a_standard_table_is_known_in_every_encoding(encoding: str) -> None:
    facts = look("r7_aed.csv", io.BytesIO(AED.encode(encoding)))
    assert (facts.title, facts.standard, facts.rows) == ("AED設置箇所一覧", "08", 1)
    assert [column.name for column in facts.columns][:2] == ["名称", "住所"]


def test_a_title_above_the_headings_names_the_data_and_its_period() -> None:
    text = '令和7年度 公園一覧,,\r\n番号,名称,面積\r\n1,中央公園,"1,200"\r\n2,西公園,3.5\r\n'
    facts = look("a.csv", io.BytesIO(text.encode("cp932")))
    assert facts.title == "令和7年度 公園一覧"
    assert facts.period == Span(date(2025, 4, 1), date(2026, 3, 31))
    assert (facts.rows, [column.type for column in facts.columns]) == (2, ["integer", "string", "number"])


def test_a_workbook_is_read_whatever_its_name() -> None:
    content = _workbook(
        [["番号", "施設名", "開設日"], [1, "図書館", date(2020, 4, 1)], [2, "公民館", date(2021, 4, 1)]]
    )
    facts = look("施設一覧.csv", io.BytesIO(content))
    assert (facts.title, facts.rows, [column.type for column in facts.columns]) == (
        "施設一覧",
        2,
        ["integer", "string", "date"],
    )


def test_an_archive_that_unpacks_to_too_much_is_left_alone() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (101 * 1024 * 1024))
    assert look("施設一覧.xlsx", target).columns == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n",
        b"<html><body>a,b</body></html>",
        b"PK\x03\x04broken",
        b"\xff\xfe\xfd",
        b"a\0b,c",
    ],
)
def test_what_is_no_table_has_a_title_and_nothing_else(content: bytes) -> None:
    facts = look("令和7年度_公園一覧.pdf", io.BytesIO(content))
    assert (facts.columns, facts.rows) == ((), None)
    assert facts.title


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2,000", ""], "integer"),
        (["1.5", "2"], "number"),
        (["１２", "３"], "integer"),
        (["01", "02"], "string"),
        (["2026-04-01", "令和8年4月1日"], "date"),
        (["1", "不明"], "string"),
        (["", ""], "string"),
    ],
)
def test_a_column_has_the_narrowest_kind_that_fits(values: list[str], kind: str) -> None:
    assert column_types(["値"], [[value] for value in values]) == (Column("値", kind),)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("令和7年度予算", date(2025, 4, 1)),
        ("2025年の人口", date(2025, 1, 1)),
        ("R7年度計画", date(2025, 4, 1)),
        ("人口_20250401.csv", date(2025, 4, 1)),
        ("公園一覧", None),
        ("第12345号", None),
    ],
)
def test_a_period_is_found_in_a_name(text: str, start: date | None) -> None:
    found = period_named(text)
    assert (found.start if found else None) == start


def test_a_column_of_the_same_name_keeps_its_description() -> None:
    known = [{"name": "名称", "description": "正式名称"}, {"name": "旧", "description": "x"}]
    found = described((Column("名称", "string"), Column("新", "integer")), known)
    assert [(one["name"], one["description"]) for one in found] == [("名称", "正式名称"), ("新", "")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_of_a_very_large_table_the_columns_are_told_and_the_rows_not_counted(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ckanext.hokkaido_schema.workbook.table.MOST_BYTES", 100)
    with tempfile.SpooledTemporaryFile(max_size=64) as stream:
        stream.write((AED + AED.splitlines()[1] + "\r\n").encode(encoding))
        facts = look("r7_aed.csv", stream)
        assert (facts.standard, facts.rows, len(facts.columns)) == ("08", None, 5)
        # Whoever stores the file reads it from its beginning.
        assert stream.read(12).decode(encoding, "ignore")[:1] == "名"
