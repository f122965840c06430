"""Finding what is hidden in the sheets of a workbook that is taken in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_core.domain.spans import spans
from ckanext.hokkaido_core.workbook_scan import Damaged, Sheet, scan_workbook
from ckanext.hokkaido_schema.domain.hidden import HiddenPart

if TYPE_CHECKING:
    from ckanext.hokkaido_schema.workbook.reading import Rows

__all__ = ["hidden_parts", "hidden_sheets"]


def hidden_sheets(content: bytes) -> frozenset[str]:
    """Return the names of the sheets that are hidden; none of a workbook that is damaged."""
    return frozenset(sheet.name for sheet in _scanned(content) if sheet.hidden)


def hidden_parts(content: bytes, found: Mapping[str, Rows], read: Collection[str]) -> list[HiddenPart]:
    """Return the hidden sheets with content, and the hidden rows and columns with content of those that are read.

    :param found: the texts of every sheet, by its name.
    :param read: names of the sheets that are taken in.
    """
    parts: list[HiddenPart] = []
    for sheet in _scanned(content):
        rows = found.get(sheet.name) or []
        if not any(map(any, rows)):
            continue
        if sheet.hidden:
            parts.append(HiddenPart("sheet_read" if sheet.name in read else "sheet_not_read", sheet.name))
        if sheet.name in read:
            parts += _of_sheet(sheet, rows)
    return parts


def _scanned(content: bytes) -> list[Sheet]:
    try:
        return scan_workbook(content)
    except Damaged:
        return []


def _of_sheet(sheet: Sheet, rows: Rows) -> list[HiddenPart]:
    parts = []
    hidden_rows = [row for row in sorted(sheet.hidden_rows) if row <= len(rows) and any(rows[row - 1])]
    if hidden_rows:
        parts.append(HiddenPart("rows", sheet.name, spans(hidden_rows), len(hidden_rows)))
    filled = {place for cells in rows for place, text in enumerate(cells, 1) if text}
    if columns := sorted(sheet.hidden_columns & filled):
        letters = "、".join(map(get_column_letter, columns))
        parts.append(HiddenPart("columns", sheet.name, letters, len(columns)))
    return parts
