"""A text is read back as it was written, whatever its encoding, delimiter and line ends."""

from __future__ import annotations

import csv
import io
import time
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables import text_file
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.reader import read
from ckanext.hokkaido_standards.tables.text_file import read_text
from ckanext.hokkaido_standards.wording import sentences

#: Characters that every encoding has; the first row keeps texts from being taken for another encoding or delimiter.
CELLS = st.text(st.sampled_from('あ漢字カナ亜腕Aa09 -_.,;"\t\n'), max_size=8)
FIRST = ["名称", "住所と所在地", "電話番号", "備考の欄"]
ENCODINGS = ["utf-8-sig", "utf-8", "cp932", "euc_jp", "utf-16", "utf-16-le", "iso2022_jp"]


def _read(content: bytes) -> tuple[Grid, str, str, list[Finding]]:
    told = read_text(content)
    assert isinstance(told, tuple), told
    return told


@given(
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",\t;"),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_a_table_is_read_back_equal(rows: list[list[str]], encoding: str, delimiter: str, end: str) -> None:
    rows = [FIRST, *rows, FIRST]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    grid, told, separator, _findings = _read(text.getvalue().encode(encoding))
    assert grid.rows(0, len(rows) + 1) == rows
    assert separator == delimiter
    assert told.replace("-", "_")[:6] == encoding.replace("-", "_").replace("iso2022_jp", "iso2022_jp_ext")[:6]


@given(st.text(st.sampled_from('a,"\n'), max_size=30))
def test_what_is_read_fast_is_what_is_read_slowly(text: str) -> None:
    """Whichever way a text is read that is well-formed, the csv module agrees."""
    try:
        rows = list(csv.reader(io.StringIO(text.rstrip("\n")), strict=True))
    except csv.Error:
        return
    told = read_text(text.encode())
    if isinstance(told, tuple):
        width = max(map(len, rows))
        assert told[0].rows(0, len(rows) + 1) == [[*row, *[""] * (width - len(row))] for row in rows]


@given(
    text=st.text(st.sampled_from('aあ,"\r\n\x00'), max_size=20),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    broken=st.sampled_from([b"", b"", b"\xe3\x81"]),
)
def test_a_text_is_read_the_same_at_once_and_step_by_step(text: str, end: str, mark: bytes, broken: bytes) -> None:
    content = mark + text.replace("\n", end).encode() + broken
    told = [_told(content, large) for large in (0, len(content))]
    assert told[0] == told[1]


def _told(content: bytes, large: int) -> object:
    """Return what is read of a text where more bytes than these are read at once."""
    with mock.patch.object(text_file, "_LARGE", large):
        told = read_text(content)
    if isinstance(told, Fault):
        return told
    grid, *others = told
    return grid.frame.rows(), grid.frame.columns, dict(grid.widths), grid.blank_rows_after, *others


@pytest.mark.parametrize(
    ("content", "rule", "row"),
    [
        ("名称,住所\n役場,一条\n".encode("cp932"), "file-encoding", None),
        ("名称,住所\n役場,一条\n".encode(), "file-bom", None),
        ("名称\t住所\n役場\t一条\n".encode("utf-8-sig"), "file-delimiter", None),
        ("名称;住所\n役場;一条\n".encode("utf-8-sig"), "file-delimiter", None),
        ("名称,住所\r役場,一条\r".encode("utf-8-sig"), "file-line-ends", None),
        ("名称,住所\r\n役場,一条\n".encode("utf-8-sig"), "file-line-ends", None),
        (("名称,住所\n役場,一\0条\n" + "図書館,二条\n" * 50).encode("utf-8-sig"), "file-control", 2),
    ],
)
def test_how_a_text_is_written_is_told_and_it_is_read_all_the_same(content: bytes, rule: str, row: int | None) -> None:
    file = read("a.csv", content)
    assert [(finding.rule, finding.row) for finding in file.findings] == [(rule, row)]
    assert file.tables[0].headings == ("名称", "住所")
    assert file.tables[0].frame.row(0) == ("役場", "一条")


def test_line_breaks_inside_of_cells_are_no_mixed_line_ends() -> None:
    file = read("a.csv", '名称,住所\r\n"役\n場",一条\r\n'.encode("utf-8-sig"))
    assert [finding.rule for finding in file.findings] == ["L1-14"]


def test_a_quotation_mark_that_never_closes_costs_its_own_line_only() -> None:
    lines = ["名称,住所", '"役場,一条', *(f"施設{number},二条" for number in range(2000))]
    file = read("a.csv", "\n".join(lines).encode("utf-8-sig"))
    assert [(finding.rule, finding.row) for finding in file.findings] == [("file-quote", 2)]
    assert file.tables[0].frame.height == 2001
    assert file.tables[0].frame.row(0) == ('"役場', "一条")


def test_thousands_of_them_end_soon() -> None:
    content = ("名称,住所\n" + '"役場,一条\n' * 20_001).encode("utf-8-sig")
    started = time.monotonic()
    file = read("a.csv", content)
    assert time.monotonic() - started < 20
    assert file.tables


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "file-empty"),
        (b"<!DOCTYPE html><html><body>login</body></html>", "file-page"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "file-pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1" * 9, "file-no-table"),
        (b"PK\x03\x04" + b"\0" * 90, "file-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-damaged"),
        ("名称,住所\n".encode() + b"\xff\xfd\x81\xad\xfe,\xa0\xff\n", "file-undecodable"),
        (b"a," * 2_000, "file-wide"),
        (b"a,b\n" + b"1," * 2_000, "file-wide"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(content: bytes, rule: str) -> None:
    file = read("a.csv", content)
    (finding,) = file.findings
    assert (file.tables, finding.rule) == ([], rule)
    told = [sentences(finding, language) for language in ("ja", "en")]
    assert all(one.message and one.remedy for one in told)


def test_a_table_with_pages_in_its_cells_is_a_table() -> None:
    file = read("a.csv", '名称,本文\n案内,"<html><table></table></html>"\n'.encode("utf-8-sig"))
    assert file.tables[0].headings == ("名称", "本文")


def test_a_name_that_says_something_else_is_told() -> None:
    file = read("../施設.XLSX", "名称,住所\n役場,一条\n".encode("utf-8-sig"))
    assert [(one.rule, one.value, one.params) for one in file.findings] == [
        ("file-extension", "施設.XLSX", {"kind": "csv"})
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932", "euc_jp", "utf-16"])
def test_a_large_text_is_read_as_a_small_one(encoding: str) -> None:
    rows = [FIRST, *([f"公園{number}", "北海道札幌市", "011-231-4111", "備考"] for number in range(30_000))]
    text = "".join(",".join(row) + "\r\n" for row in rows)
    large, small = _read(text.encode(encoding)), _read(text[:2000].rpartition("\r\n")[0].encode(encoding))
    assert large[0].frame.height == len(rows)
    assert large[1:] == small[1:]
    assert list(large[0].frame.row(len(rows) - 1)) == rows[-1]
