"""A text is read back as it was written, whatever its encoding, delimiter and line ends."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.text_file import read_text

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
