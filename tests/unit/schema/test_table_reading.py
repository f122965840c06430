"""Tables of text files and worksheets as pages show them (UP-08, UP-09, UP-14 to UP-16)."""

from __future__ import annotations

import io
import time
from pathlib import Path

import openpyxl
import pytest

from ckanext.hokkaido_schema.domain.table import KEPT_ROWS
from ckanext.hokkaido_schema.domain.text_file import encoding_of, read_table
from ckanext.hokkaido_schema.workbook.sheet_table import NotShown, read_sheet, sheet_rows

TABLE = "番号,名称\r\n1,髙橋①㈱\r\n2,浜﨑～\r\n"


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (TABLE.encode(), "UTF-8", ","),
        (TABLE.encode("utf-8-sig"), "UTF-8 (BOM)", ","),
        (TABLE.encode("cp932"), "Shift_JIS", ","),
        (TABLE.encode("utf-16"), "UTF-16", ","),
        (TABLE.encode("utf-16-le"), "UTF-16", ","),
        (TABLE.replace(",", "\t").encode("cp932"), "Shift_JIS", "\t"),
        (TABLE.replace(",", ";").encode(), "UTF-8", ";"),
        (TABLE.replace("\r\n", "\r").encode(), "UTF-8", ","),
    ],
)
def test_encoding_and_delimiter_are_found(content: bytes, encoding: str, delimiter: str) -> None:
    table = read_table(content, complete=True)
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert table.headings == ("番号", "名称")
    assert table.rows == (("1", "髙橋①㈱"), ("2", "浜﨑～"))


def test_euc_jp_is_told_from_half_width_kana() -> None:
    assert encoding_of("番号,名称\n1,札幌市役所\n".encode("euc_jp"))[0].label == "EUC-JP"


def test_a_byte_that_fits_no_encoding_is_noted_and_the_rest_is_shown() -> None:
    table = read_table("番号,名称\n1,札幌\n".encode() + b"2,\xff\xfe\x80\n", complete=True)
    assert table.notes == ("undecodable",)
    assert table.rows[0] == ("1", "札幌")


def test_a_quotation_mark_that_is_never_closed_is_noted() -> None:
    table = read_table(b'a,b\n1,2\n3,"' + b"x" * 200_000, complete=True)
    assert table.notes == ("unclosed",)
    assert (table.rows, table.complete) == ((("1", "2"),), False)


def test_of_the_head_of_a_long_file_the_last_row_is_left_out() -> None:
    table = read_table("a,b\n1,札\n2,幌".encode()[:-1], complete=False)
    assert (table.rows, table.total, table.complete) == ((("1", "札"),), 1, False)


def test_lines_above_the_headings_and_blank_rows_at_the_end_are_no_rows() -> None:
    table = read_table("人口の一覧,,,\n\n町,男,女,計\n上,1,2,3\n,,,\n,,,\n".encode(), complete=True)
    assert (table.above, table.skip, table.headings, table.total) == (("人口の一覧",), 2, ("町", "男", "女", "計"), 1)


def test_all_rows_are_counted_and_few_are_kept() -> None:
    table = read_table(b"a,b\n" + b"1,2\n" * (KEPT_ROWS + 500), complete=True)
    assert (table.total, len(table.rows)) == (KEPT_ROWS + 500, KEPT_ROWS)


def _workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.create_sheet("隠し").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_worksheet_is_chosen_and_hidden_ones_are_not_offered() -> None:
    content = _workbook(一=[["a", "b"], [1, 2.5]], 二=[["c", "d"], ["0123", True]])
    assert read_sheet(content).sheets == ("一", "二")
    assert read_sheet(content).rows == (("1", "2.5"),)
    assert read_sheet(content, "二").rows == (("0123", "TRUE"),)
    assert read_sheet(content, "隠し").sheet == "一"
    assert list(sheet_rows(content, "二")) == [["c", "d"], ["0123", "TRUE"]]


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "b"
    stream = io.BytesIO()
    book.save(stream)
    start = time.process_time()
    with pytest.raises(NotShown, match="zip_too_large"):
        read_sheet(stream.getvalue())
    assert time.process_time() - start < 1


def test_what_is_no_workbook_is_named() -> None:
    with pytest.raises(NotShown, match="damaged_file"):
        read_sheet(b"PK\x03\x04 cut off")


def test_real_files_under_any_name_are_read(shared_dir: Path) -> None:
    corpus = shared_dir / "corpus"
    lying = next(corpus.glob("03_evacuation_space/下松市__*避難所一覧.csv")).read_bytes()
    assert (read_sheet(lying).headings[2], read_sheet(lying).total) == ("名称", 45)
    sheets = read_sheet(next(corpus.glob("other_timetable/室蘭市__timetable_weekend_20170401.xls")).read_bytes()).sheets
    assert len(sheets) == 413
