"""A worksheet of a published workbook (.xlsx, .xls, .ods is not read) as a table, within limits (UP-01 to UP-09)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ckanext.hokkaido_core.domain.workbook_guard import MIB, Limits, inspect
from ckanext.hokkaido_core.workbook_biff import Encrypted, scan_old_workbook
from ckanext.hokkaido_core.workbook_cell import cell_text
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import Damaged, Sheet, scan_workbook
from ckanext.hokkaido_schema.domain.table import KEPT_ROWS, Table, shape

__all__ = ["NotShown", "largest_sheet_rows", "read_sheet", "sheet_rows"]

#: What a worksheet may cost one page: cells of the rectangle that the reader reserves.
_MOST_CELLS = 2_000_000
_MOST_SHEETS = 500


class NotShown(Exception):
    """The workbook is not read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_sheet(content: bytes, sheet: str = "") -> Table:
    """Return a worksheet as a table.

    :param content: the whole file.
    :param sheet: name of the worksheet; the first one that is not hidden where there is none of this name.
    :raises NotShown: when the workbook is none, is damaged, or would cost too much.
    """
    workbook, names, extents = _opened(content)
    chosen = sheet if sheet in names else names[0]
    _check(extents.get(chosen))
    rows: list[list[str]] = []
    last = 0
    for count, row in enumerate(_rows(workbook, chosen), 1):
        if any(row):
            last = count
        if count <= KEPT_ROWS * 2:
            rows.append(row)
    return shape(rows[:last], last, sheets=tuple(names), sheet=chosen)


def sheet_rows(content: bytes, sheet: str = "") -> Iterator[list[str]]:
    """Yield the rows of a worksheet, as `read_sheet` reads them.

    :raises NotShown: as `read_sheet`, when the first row is asked for.
    """
    workbook, names, extents = _opened(content)
    chosen = sheet if sheet in names else names[0]
    _check(extents.get(chosen))
    yield from _rows(workbook, chosen)


def largest_sheet_rows(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of the worksheet that holds most: a cover sheet is no table.

    :raises NotShown: as `read_sheet`, when the first row is asked for.
    """
    workbook, names, extents = _opened(content)
    areas = {name: scan.last_row * scan.last_column for name, scan in extents.items()}
    chosen = max(names, key=lambda name: areas.get(name, 0))
    _check(extents.get(chosen))
    yield from _rows(workbook, chosen)


def _opened(content: bytes) -> tuple[CalamineWorkbook, list[str], dict[str, Sheet]]:
    size = max(1, len(content))
    limits = Limits(file_bytes=size, unpacked_bytes=128 * MIB, part_bytes=96 * MIB)
    refused = inspect(content, limits)
    code = refused.code if refused else ""
    try:
        if code == "old_excel_file":
            scans = scan_old_workbook(content)
        elif refused:
            raise NotShown(code)
        else:
            scans = scan_workbook(content)
        with reading_workbook():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Encrypted as error:
        raise NotShown("encrypted_file") from error
    except Damaged as error:
        raise NotShown("damaged_file") from error
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata[:_MOST_SHEETS]
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not names:
        raise NotShown("no_sheet")
    return workbook, names, {scan.name: scan for scan in scans}


def _check(scan: Sheet | None) -> None:
    if scan is None:
        raise NotShown("damaged_file")
    if scan.last_row * scan.last_column > _MOST_CELLS or not scan.ordered or scan.text_bytes > 256 * MIB:
        raise NotShown("zip_too_large")


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    try:
        with reading_workbook():
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Damaged as error:
        raise NotShown("damaged_file") from error
    for row in rows:
        yield [cell_text(cell) for cell in row]
