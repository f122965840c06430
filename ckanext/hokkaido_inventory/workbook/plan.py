"""The plan of openings as a workbook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_inventory.workbook.writer import dress, put

__all__ = ["write_plan"]

#: Width of a column in characters of its heading, at least and at most.
_NARROW, _WIDE = 12, 48


def write_plan(title: str, headings: Sequence[str], rows: Sequence[Sequence[str | int | dt.date | None]]) -> bytes:
    """Return a workbook of one sheet; every text is a text, never a formula (UP-07)."""
    book = Workbook()
    dress(book)
    sheet = book.active
    sheet.title = title
    for number, cells in enumerate([headings, *rows], start=1):
        for column, value in enumerate(cells, start=1):
            put(sheet.cell(number, column), value)
    for column, heading in enumerate(headings, start=1):
        longest = max((len(str(row[column - 1] or "")) for row in rows), default=0)
        width = min(max(len(heading) * 2 + 2, longest * 2, _NARROW), _WIDE)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
