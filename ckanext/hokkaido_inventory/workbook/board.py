"""A table as a plain workbook: one sheet, a frozen row of headings with a filter, text that stays text."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ckanext.hokkaido_inventory.workbook.writer import dress, head, put

__all__ = ["write_table"]

_WIDEST = 40
_NARROWEST = 8


def write_table(sheet_name: str, table: Sequence[Sequence[str | int | float | None]]) -> bytes:
    """Return the workbook of a table whose first row holds the headings; nothing but the table is in it (LK-04)."""
    book = Workbook()
    # The program's name is no author; who makes the file, and where, stays out of it.
    book.properties.creator = ""
    dress(book)
    sheet = book.active
    sheet.title = sheet_name
    for number, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if number == 1:
                head(cell, str(value))
            else:
                put(cell, value)
    for column, values in enumerate(zip(*table, strict=True), start=1):
        longest = max((_width(value) for value in values), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _width(value: object) -> int:
    """Return how wide a value is, in characters of the Latin alphabet."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in str(value or ""))  # noqa: PLR2004
