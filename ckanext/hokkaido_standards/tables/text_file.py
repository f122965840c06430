"""Reading a text with columns, of any size that fits into memory once or twice, into a grid."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

import polars as pl

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.text_table import decode, delimiter_of
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid, frame_of
from ckanext.hokkaido_standards.tables.quotes import records

__all__ = ["MAX_CELLS", "read_text"]

#: Cells of a text with all its rows as wide as the widest: what a frame of so many takes is about a gigabyte.
MAX_CELLS = 60_000_000
#: As many columns as a spreadsheet has.
_MAX_COLUMNS = 16_384
_SAMPLE = 200_000
_SAMPLE_ROWS = 200
_CHUNK = 20_000
_QUOTED = re.compile(rb'"[^"]*"')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
_UTF8, _BOM = "utf-8", b"\xef\xbb\xbf"
#: How people call them.
_DELIMITERS = {"\t": "TAB", ";": ";"}
_ENCODINGS = {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP", "iso2022_jp_ext": "ISO-2022-JP"}


def read_text(content: bytes) -> tuple[Grid, str, str, list[Finding]] | Fault:
    """Return a text as a grid, its encoding, its delimiter and what was found, or why it is not read."""
    decoded = decode(content)
    if isinstance(decoded, Fault):
        return decoded
    text, encoding = decoded
    if encoding == "utf-8-sig" and not content.startswith(_BOM):
        encoding = _UTF8
    findings = list(_of_encoding(text, encoding, has_controls=len(content.translate(None, _CONTROLS)) < len(content)))
    sample = _plain(text[:_SAMPLE])
    data = _bytes(content, text, encoding)
    del text, decoded
    data = _with_plain_ends(data, findings)
    delimiter = delimiter_of(sample)
    if delimiter != ",":
        findings.append(Finding("file-delimiter", params={"delimiter": _DELIMITERS[delimiter]}, repairable=True))
    read = _grid(data, delimiter, findings, sample)
    return read if isinstance(read, Fault) else (read, encoding, delimiter, findings)


def _bytes(content: bytes, text: str, encoding: str) -> bytes:
    """Return a text in UTF-8; what is written so already is not written again."""
    if not encoding.startswith(_UTF8):
        return text.encode(_UTF8).replace(b"\0", b"")
    start = len(_BOM) if content.startswith(_BOM) else 0
    end = len(content.rstrip(b"\x1a"))
    return content[start:end].replace(b"\0", b"")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_encoding(text: str, encoding: str, *, has_controls: bool) -> Iterator[Finding]:
    if not encoding.startswith(_UTF8):
        told = {"encoding": _ENCODINGS.get(encoding, encoding.upper())}
        yield Finding("file-encoding", params=told, repairable=True)
    elif encoding == _UTF8 and not text.isascii():
        yield Finding("file-bom", repairable=True)
    if found := _CONTROL.search(text) if has_controls else None:
        count = len(_CONTROL.findall(text))
        row = _plain(text[: found.start()]).count("\n") + 1
        yield Finding("file-control", row=row, value=f"U+{ord(found[0]):04X}", count=count, repairable=True)


def _with_plain_ends(data: bytes, findings: list[Finding]) -> bytes:
    """Return a text whose lines end with LF; note where they end in several ways or an old one."""
    if b"\r" not in data:
        return data
    plain = data.replace(b"\r\n", b"\n")
    both = len(data) - len(plain)
    if b"\r" in plain or plain.count(b"\n") != both:
        # Those inside of cells are no ends of rows.
        ends = _ends(_QUOTED.sub(b"", data) if b'"' in data else data)
        if ends["CR"] or all((ends["CRLF"], ends["LF"])):
            told = "、".join(f"{name} {count}" for name, count in ends.items() if count)
            findings.append(Finding("file-line-ends", params={"ends": told}, repairable=True))
    return plain.replace(b"\r", b"\n")


def _ends(data: bytes) -> dict[str, int]:
    both = data.count(b"\r\n")
    return {"CRLF": both, "LF": data.count(b"\n") - both, "CR": data.count(b"\r") - both}


def _grid(data: bytes, delimiter: str, findings: list[Finding], sample: str) -> Grid | Fault:
    body = data.rstrip(b"\n")
    if not body:
        return Fault("empty_file")
    width = _width(sample, delimiter)
    # Each cell takes a byte at least.
    if width > _MAX_COLUMNS or (len(body) > MAX_CELLS and (body.count(b"\n") + 1) * width > MAX_CELLS):
        return Fault("too_many_columns", {"limit": _MAX_COLUMNS if width > _MAX_COLUMNS else MAX_CELLS // width})
    frame = _clean(body, delimiter, width)
    if frame is not None and _is_even(frame, body.count(delimiter.encode()), delimiter):
        grid = Grid(frame, quoted=b'"' in body)
    else:
        read = _ragged(body, delimiter, findings)
        if isinstance(read, Fault):
            return read
        grid = read
    grid.tail = max(0, len(data) - len(body) - 1)
    return grid


def _is_even(frame: pl.DataFrame, delimiters: int, delimiter: str) -> bool:
    """Say whether every row has all its cells: so many delimiters stand between cells, the others inside of them."""
    between = frame.height * (frame.width - 1)
    if delimiters == between:
        return True
    counts = pl.all().str.count_matches(delimiter, literal=True).sum().cast(pl.Int64)
    return delimiters == between + sum(frame.select(counts).row(0))


def _width(sample: str, delimiter: str) -> int:
    try:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
        return max((len(row) for row in rows), default=1) or 1
    except csv.Error:
        return 1


def _clean(data: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    """Read a text whose quotation marks are in order and no row of which is too wide, or return nothing.

    Rows that are too short are filled up without a word.
    """
    if data.count(b'"') % 2:
        return None
    try:
        return pl.read_csv(
            data,
            has_header=False,
            separator=delimiter,
            schema={str(place): pl.String for place in range(width)},
            empty_string_is_null=False,
            missing_columns="insert",
            extra_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None


def _ragged(data: bytes, delimiter: str, findings: list[Finding]) -> Grid | Fault:
    """Read a text of any shape, record by record."""
    chunks: list[pl.DataFrame] = []
    chunk: list[list[str]] = []
    lengths: list[int] = []
    widest = 1
    for record in records(data, delimiter, findings):
        lengths.append(len(record))
        widest = max(widest, len(record))
        if widest > _MAX_COLUMNS or widest * len(lengths) > MAX_CELLS:
            return Fault("too_many_columns", {"limit": min(_MAX_COLUMNS, MAX_CELLS // len(lengths))}, len(lengths))
        chunk.append(record)
        if len(chunk) == _CHUNK:
            chunks.append(_of_one_width(chunk))
            chunk = []
    chunks.append(_of_one_width(chunk))
    frame = pl.concat([part for part in chunks if part.height] or chunks, how="diagonal").fill_null("")
    frame = frame.select(sorted(frame.columns, key=int))
    return Grid(frame, widths={row: length for row, length in enumerate(lengths, 1) if length != widest})


def _of_one_width(rows: list[list[str]]) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=1) or 1
    return frame_of([[*row, *[""] * (width - len(row))] for row in rows], width)
