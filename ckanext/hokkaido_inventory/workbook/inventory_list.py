"""The published list as an Excel file: text that stays text, and nobody's name in the file's properties."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ckanext.hokkaido_inventory.workbook.writer import put

__all__ = ["workbook"]

_WIDTHS = {"データ名": 40, "説明": 60, "組織": 24, "ページ": 40}
_WIDTH = 16


def workbook(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a workbook with one sheet; every text is a text cell, whatever it starts with (UP-07)."""
    book = Workbook(write_only=True)
    # LK-04: neither a person nor a program stands in the properties.
    book.properties.creator = book.properties.lastModifiedBy = None
    sheet = book.create_sheet("保有データ一覧")
    for position, name in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + position)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = "A2"
    for row in (columns, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: object, value: str | int) -> object:
    if isinstance(value, int):
        return value
    if not value:
        return None
    cell = WriteOnlyCell(sheet)
    put(cell, value)
    return cell
