"""The rows of a text, read by polars where they are in order, and record by record where they are not."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import MOST_COLUMNS, Grid, frame_of
from ckanext.hokkaido_standards.tables.quotes import records
from ckanext.hokkaido_standards.tables.text_signs import Signs

__all__ = ["MAX_CELLS", "even_rows", "lines_of", "rows_of"]

#: Cells of a text with all its rows as wide as the widest: what a frame of so many takes is about a gigabyte.
MAX_CELLS = 60_000_000
_CHUNK = 20_000
#: Stands between no cells; a text that has it is read record by record.
_NOWHERE = "\x01"


def lines_of(data: bytes) -> int:
    """Return how many line ends there are; taking them out is several times faster than counting them."""
    return len(data) - len(data.replace(b"\n", b""))


def even_rows(content: bytes, delimiter: str, width: int, signs: Signs) -> Grid | None:
    """Return the rows of a text in UTF-8 that all have as many cells, or nothing where anything is out of order.

    :param content: with or without a mark, lines ending with LF or CRLF.
    :param width: number of cells of the widest of the first rows.
    """
    if not signs.is_plain or signs.quotes % 2 or width > MOST_COLUMNS or (signs.ends + 1) * width > MAX_CELLS:
        return None
    end = b"\r\n" if signs.returns else b"\n"
    body = content.rstrip(end) if content.endswith(end * 2) else content
    tail = max(0, (len(content) - len(body)) // len(end) - 1)
    # One that begins with blank lines may have nothing else.
    if not body[:8].strip(b"\xef\xbb\xbf\r\n"):
        return None
    try:
        frame = _read(body, delimiter, width, '"')
    except pl.exceptions.PolarsError:
        return None
    if not frame.height or not _is_even(frame, signs.delimiters, delimiter):
        return None
    if signs.quotes and signs.returns:
        frame = frame.with_columns(pl.all().str.replace_all("\r\n", "\n", literal=True))
    return Grid(frame, quoted=signs.quotes > 0, tail=tail)


def rows_of(data: bytes, delimiter: str, width: int, findings: list[Finding]) -> Grid | Fault:
    """Return the rows of a text, or why they are not read.

    :param data: the text in UTF-8 whose lines end with LF.
    :param width: number of cells of the widest of the first rows.
    :param findings: what is found on the way is added.
    """
    body = data.rstrip(b"\n")
    if not body:
        return Fault("empty_file")
    # Each cell takes a byte at least.
    if width > MOST_COLUMNS or (len(body) > MAX_CELLS and (lines_of(body) + 1) * width > MAX_CELLS):
        return Fault("too_many_columns", {"limit": MOST_COLUMNS if width > MOST_COLUMNS else MAX_CELLS // width})
    grid = _in_order(body, delimiter, width) or _record_by_record(body, delimiter, findings)
    if isinstance(grid, Grid):
        grid.tail = max(0, len(data) - len(body) - 1)
    return grid


def _in_order(data: bytes, delimiter: str, width: int) -> Grid | None:
    """Read a text whose quotation marks are in order and no row of which is too wide, or return nothing."""
    if data.count(b'"') % 2:
        return None
    quoted = b'"' in data
    try:
        # Rows that are too short are filled up without a word.
        frame = _read(data, delimiter, width, '"')
        if _is_even(frame, data.count(delimiter.encode()), delimiter):
            return Grid(frame, quoted=quoted)
        widths = _widths(data, frame, delimiter)
        return None if widths is None else Grid(frame, widths=widths, quoted=quoted)
    except pl.exceptions.PolarsError:
        return None


def _read(data: bytes, delimiter: str, width: int, quote: str | None) -> pl.DataFrame:
    return pl.read_csv(
        data,
        has_header=False,
        separator=delimiter,
        quote_char=quote,
        schema={str(place): pl.String for place in range(width)},
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="raise",
    )


def _is_even(frame: pl.DataFrame, delimiters: int, delimiter: str) -> bool:
    """Say whether every row has all its cells: so many delimiters stand between cells, the others inside of them."""
    between = frame.height * (frame.width - 1)
    if delimiters == between:
        return True
    counts = pl.all().str.count_matches(delimiter, literal=True).sum().cast(pl.Int64)
    return delimiters == between + sum(frame.select(counts).row(0))


def _widths(data: bytes, frame: pl.DataFrame, delimiter: str) -> Mapping[int, int] | None:
    """Return the number of cells of the rows that are too short; nothing where a record takes several lines."""
    if _NOWHERE.encode() in data or data.count(b"\n") + 1 != frame.height:
        return None
    lines = _read(data, _NOWHERE, 1, None)["0"].str.count_matches(delimiter, literal=True)
    inside = frame.select(pl.sum_horizontal(pl.all().str.count_matches(delimiter, literal=True))).to_series()
    cells = lines.cast(pl.Int64) - inside.cast(pl.Int64) + 1
    rows = (cells != frame.width).arg_true()
    return {row + 1: count for row, count in zip(rows, cells.gather(rows), strict=True)}


def _record_by_record(data: bytes, delimiter: str, findings: list[Finding]) -> Grid | Fault:
    chunks: list[pl.DataFrame] = []
    chunk: list[list[str]] = []
    lengths: list[int] = []
    widest = 1
    for record in records(data, delimiter, findings):
        lengths.append(len(record))
        widest = max(widest, len(record))
        if widest > MOST_COLUMNS or widest * len(lengths) > MAX_CELLS:
            return Fault("too_many_columns", {"limit": min(MOST_COLUMNS, MAX_CELLS // len(lengths))}, len(lengths))
        chunk.append(record)
        if len(chunk) == _CHUNK:
            chunks.append(_of_one_width(chunk, widest))
            chunk = []
    if chunk:
        chunks.append(_of_one_width(chunk, widest))
    frame = _joined(chunks, widest)
    return Grid(frame, widths={row: length for row, length in enumerate(lengths, 1) if length != widest})


def _of_one_width(rows: list[list[str]], width: int) -> pl.DataFrame:
    return frame_of([[*row, *[""] * (width - len(row))] for row in rows], width)


def _joined(chunks: list[pl.DataFrame], widest: int) -> pl.DataFrame:
    """Join frames of which later ones may be wider."""
    blank = {str(place): pl.lit("") for place in range(widest)}
    return pl.concat(
        part.with_columns(**{name: cell for name, cell in blank.items() if name not in part.columns}) for part in chunks
    )
