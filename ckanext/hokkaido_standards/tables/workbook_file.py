"""Reading a workbook (.xlsx, .xls) into one grid a sheet, after the guard and the scan have looked at it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.workbook_guard import MIB
from ckanext.hokkaido_core.workbook_biff import Encrypted, scan_old_workbook
from ckanext.hokkaido_core.workbook_cell import cell_text
from ckanext.hokkaido_core.workbook_faults import reading_workbook
from ckanext.hokkaido_core.workbook_scan import Damaged, Sheet, scan_workbook
from ckanext.hokkaido_standards.tables.drawings import Object, drawn_on
from ckanext.hokkaido_standards.tables.formats import Looks, looks_of
from ckanext.hokkaido_standards.tables.grid import MOST_COLUMNS, Area, Grid, frame_of

__all__ = ["Refused", "read_workbook"]

#: What the rectangles of all sheets together may hold; the reader reserves them whole.
_MOST_CELLS = 3_000_000
_MOST_TEXT = 256 * MIB
_MOST_SHEETS = 2_000
_DIGITS = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Refused:
    """A sheet that is too large to be read."""

    name: str
    fault: Fault


def read_workbook(content: bytes, *, old: bool) -> list[Grid | Refused] | Fault:
    """Return the worksheets of a workbook in their order, hidden ones too, or why it is not read.

    :param old: whether it is of the format before 2007.
    """
    try:
        scans = scan_old_workbook(content) if old else scan_workbook(content)
        with reading_workbook():
            return list(_Workbook(content, scans).grids())
    except Encrypted:
        return Fault("encrypted_file")
    except Damaged:
        return Fault("damaged_file")


@dataclass
class _Workbook:
    content: bytes
    scans: list[Sheet]
    left: int = field(default=_MOST_CELLS)

    def grids(self) -> Iterator[Grid | Refused]:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
        known = {sheet.name: sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet}
        for scan in self.scans[:_MOST_SHEETS]:
            if scan.name not in known:
                continue
            if fault := self._unreasonable(scan):
                yield Refused(scan.name, fault)
            else:
                hidden = known[scan.name].visible != SheetVisibleEnum.Visible
                objects = drawn_on(self.content, scan.part) if scan.part else ()
                looks = looks_of(self.content, scan.part) if scan.part else {}
                yield _grid(workbook, scan, objects, looks, hidden=hidden)

    def _unreasonable(self, scan: Sheet) -> Fault | None:
        cells = scan.last_row * scan.last_column
        if cells > self.left:
            return Fault("too_many_rows", {"limit": max(1, self.left // max(1, scan.last_column))})
        if scan.last_column > MOST_COLUMNS:
            return Fault("too_many_columns", {"limit": MOST_COLUMNS})
        if not scan.ordered or scan.text_bytes > _MOST_TEXT:
            return Fault("zip_suspicious", {"part": scan.name})
        self.left -= cells
        return None


def _grid(workbook: CalamineWorkbook, scan: Sheet, objects: tuple[Object, ...], looks: Looks, *, hidden: bool) -> Grid:
    sheet = workbook.get_sheet_by_name(scan.name)
    cells = sheet.to_python(skip_empty_area=False)
    rows = [[cell_text(cell) for cell in row] for row in cells]
    digits = _digits(cells)
    numbers = {column: sum(isinstance(row[column - 1], float | int) for row in cells) for column in digits}
    merged: tuple[Area, ...] = tuple(
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    width = len(rows[0]) if rows else 0
    return Grid(
        frame_of(rows, width),
        scan.name,
        merged=merged,
        hidden=hidden,
        scan=scan,
        objects=objects,
        looks=looks,
        digits=digits,
        numbers=numbers,
    )


def _digits(cells: Sequence[Sequence[object]]) -> dict[int, list[int]]:
    """Return where texts are numbers; codes with a leading zero are none."""
    found: dict[int, list[int]] = {}
    for number, row in enumerate(cells, 1):
        for column, cell in enumerate(row, 1):
            if type(cell) is str and _DIGITS.fullmatch(cell):
                found.setdefault(column, []).append(number)
    return found
