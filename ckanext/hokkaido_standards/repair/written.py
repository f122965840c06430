"""A repaired table as a file: CSV in UTF-8 with a byte order mark, its lines ended as RFC 4180 says."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import polars as pl

from ckanext.hokkaido_standards.repair.change import Note, RepairedTable

__all__ = ["csv_bytes", "notes_text"]

_BOM = b"\xef\xbb\xbf"


def csv_bytes(table: RepairedTable) -> bytes:
    """Return the file of a repaired table."""
    head = io.StringIO()
    if table.headings:
        csv.writer(head).writerow(table.headings)
    # polars writes quotation marks for a text without characters, and nothing for no text.
    blank = table.frame.width > 1
    frame = table.frame.with_columns(pl.all().replace("", None)) if blank else table.frame
    body = frame.write_csv(include_header=False, line_terminator="\r\n", quote_style="necessary")
    return _BOM + head.getvalue().encode() + body.encode()


def notes_text(notes: Sequence[Note]) -> str:
    """Return what was put aside as a text, one line a row of the file, sheet by sheet."""
    lines: list[str] = []
    before: tuple[str, int] | None = None
    for note in notes:
        text = " ".join(note.text.split())
        if before and before[0] != note.sheet:
            lines.append("")
        if note.sheet and (before is None or before[0] != note.sheet):
            lines.append(f"[{note.sheet}]")
        if before == (note.sheet, note.row):
            lines[-1] += f" {text}"
        else:
            lines.append(text)
        before = (note.sheet, note.row)
    return "\r\n".join(lines) + "\r\n" if lines else ""
