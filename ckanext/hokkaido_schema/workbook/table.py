"""Reading the beginning of a table for what it says of itself: bounded, by its bytes and not by its name.

Nothing of a file is executed or followed: values only, no formulas, no links, no macros. A file that is packed to do
harm, is too large or is no table says nothing, which is no fault of its editor.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import IO

from ckanext.hokkaido_schema.workbook.sheet_table import NotShown, largest_sheet_rows

__all__ = ["Table", "read_table"]

#: Rows of a larger text are not counted; its columns are told by its first rows all the same.
MOST_BYTES = 50 * 1024 * 1024
#: Rows that are looked at; of a text all rows are counted.
MOST_ROWS = 2000
MOST_COLUMNS = 512
MOST_CHARACTERS = 2000
#: A workbook larger than this is left alone: its sheets are read as a whole.
WORKBOOK_BYTES = 10 * 1024 * 1024
_HEAD = 65536
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
_BINARY = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<", b"{", b"[")


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table as texts, and the number of all its rows that are not blank, where counted."""

    rows: list[list[str]]
    count: int | None


def read_table(stream: IO[bytes]) -> Table | None:
    """Return the table in a file, nothing when it is none; the stream is left at its beginning."""
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    try:
        if not head:
            return None
        if head.startswith(b"PK"):
            return _workbook(stream.read()) if size <= WORKBOOK_BYTES else None
        if head.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(_BINARY):
            return None
        return _text(stream, head, whole=size <= MOST_BYTES)
    finally:
        stream.seek(0)


def _text(stream: IO[bytes], head: bytes, *, whole: bool) -> Table | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in head:
        return None
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        # Decoded piece by piece: as a whole, a text of 50 megabytes would take several times as much memory.
        lines = io.TextIOWrapper(stream, encoding, newline="")  # type: ignore[type-var]
        try:
            return _separated(lines, head.decode(encoding, "ignore"), whole=whole)
        except UnicodeDecodeError:
            continue
        except csv.Error:
            return None
        finally:
            lines.detach()
            stream.seek(0)
    return None


def _separated(lines: Iterable[str], head: str, *, whole: bool) -> Table | None:
    first = next((line for line in head.splitlines() if line.strip()), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(lines, delimiter=delimiter)
    rows = [_cut(row) for row in islice(reader, MOST_ROWS)]
    count = sum(map(_is_filled, rows)) + sum(map(_is_filled, reader)) if whole else None
    return Table(rows, count) if rows else None


def _cut(row: list[str]) -> list[str]:
    return [cell[:MOST_CHARACTERS] for cell in row[:MOST_COLUMNS]]


def _is_filled(row: list[str]) -> bool:
    return any(cell.strip() for cell in row)


def _workbook(content: bytes) -> Table | None:
    try:
        found = largest_sheet_rows(content)
        rows = [_cut(row) for row in islice(found, MOST_ROWS)]
        count = sum(map(_is_filled, rows)) + sum(map(_is_filled, found))
    except NotShown:
        return None
    return Table(rows, count) if count else None
