"""Reading a definition workbook: the texts of its sheets, after the guard of workbooks."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_core.domain.workbook_guard import inspect
from ckanext.hokkaido_core.workbook_scan import Damaged, scan_workbook
from ckanext.hokkaido_standards.domain.definition import Standard
from ckanext.hokkaido_standards.domain.definition_sheet import heading_row

__all__ = ["Sheets", "chosen_sheet", "sheets"]

Sheets = Mapping[str, list[list[str]]]


def sheets(content: bytes) -> Sheets | Fault:
    """Return the texts of every sheet from its first cell, or why the file is not read."""
    if fault := inspect(content):
        return fault
    try:
        # A sheet with cells far away would have the reader reserve all that lies between.
        names = [scan.name for scan in scan_workbook(content) if scan.reasonable]
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [
                [_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in names
        }
    except (Damaged, CalamineError):
        return Fault("damaged_file")


def chosen_sheet(found: Sheets, standard: Standard, wanted: str = "") -> str | None:
    """Return the sheet that defines a set: the one wanted, named after the set, or the only definition."""
    if wanted:
        return wanted if wanted in found else None
    definitions = [name for name, rows in found.items() if heading_row(rows) is not None]
    named = [name for name in definitions if _is_named_after(name, standard)]
    candidates = named or definitions
    return candidates[0] if len(candidates) == 1 else None


def _is_named_after(name: str, standard: Standard) -> bool:
    key = comparison_key(name)
    digits = "".join(character for character in key[:3] if character.isdigit())
    return comparison_key(standard.ja) in key or digits == standard.code


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
