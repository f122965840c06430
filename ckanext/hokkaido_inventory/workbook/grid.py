"""A sheet as a grid of values with what the scan knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter
from python_calamine import CalamineWorkbook

from ckanext.hokkaido_core.workbook_scan import Sheet
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.workbook.cells import Column, Refusal, is_blank, plain_text

__all__ = ["Grid"]

#: A finding quotes so many characters of a cell.
_SHOWN = 60


@dataclass(slots=True, eq=False)
class Grid:
    """One sheet; rows and columns are counted from 1, beyond its edge all is blank; `height` is its last filled row."""

    scan: Sheet
    rows: list[list[object]]
    height: int = 0
    #: Merged areas as (top, left, bottom, right).
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    special: dict[int, set[int]] | None = None

    @classmethod
    def load(cls, workbook: CalamineWorkbook, scan: Sheet) -> Grid:
        """Read the values of a scanned sheet."""
        sheet = workbook.get_sheet_by_name(scan.name)
        rows = sheet.to_python(skip_empty_area=False)
        # A formula that was never computed has no value, and may stand below the last one.
        last = max((row for row, _column in scan.formulas | scan.errors), default=0)
        areas = [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        return cls(scan, rows, max(len(rows), last), areas)

    @property
    def name(self) -> str:
        """Return the sheet's name as the file has it."""
        return self.scan.name

    @property
    def width(self) -> int:
        """Return the number of the last column with a value."""
        return len(self.rows[0]) if self.rows else 0

    def value(self, row: int, column: int) -> object:
        """Return the value of a cell, None beyond the edge."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def text(self, row: int, column: int) -> str:
        """Return a cell as text."""
        return plain_text(self.value(row, column))

    def is_formula(self, row: int, column: int) -> bool:
        """Say whether a formula fills the cell."""
        return (row, column) in self.scan.formulas

    def is_filled(self, row: int, column: int) -> bool:
        """Say whether the cell holds anything: a value, a formula or an error."""
        place = (row, column)
        return not is_blank(self.value(row, column)) or place in self.scan.formulas or place in self.scan.errors

    def leaf_headings(self, first: int, last: int) -> list[str]:
        """Return for each column the lowest text in a block of heading rows."""
        return [
            next((text for row in range(last, first - 1, -1) if (text := self.text(row, column))), "")
            for column in range(1, self.width + 1)
        ]

    def answer(self, row: int, column: Column) -> tuple[str | int | None, Finding | None]:
        """Return the answer in an input cell; a formula or an error there is a finding, never a value."""
        value = self.value(row, column.index)
        refusal = self._unread(row, column.index) or column.read(value)
        if not isinstance(refusal, Refusal):
            return refusal, None
        shown = "".join(character if character.isprintable() else " " for character in plain_text(value))
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        values = {"heading": column.heading} | refusal.params
        return None, self.at(refusal.code, row, column.index, shown, **values)

    def answers(self, row: int, columns: Sequence[Column]) -> Iterator[tuple[Column, str | int | None, Finding | None]]:
        """Yield the answer in each input cell of a row; the same as `answer` for one after the other, but quicker."""
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        width, special = len(cells), self._special().get(row, ())
        for column in columns:
            value = cells[column.index - 1] if column.index <= width else None
            answer = column.read(value) if value != "" else None
            if isinstance(answer, Refusal) or column.index in special:
                yield (column, *self.answer(row, column))
            else:
                yield column, answer, None

    def _special(self) -> dict[int, set[int]]:
        """Return the columns with formulas and errors by row."""
        if self.special is None:
            self.special = {}
            for row, column in self.scan.formulas | self.scan.errors:
                self.special.setdefault(row, set()).add(column)
        return self.special

    def _unread(self, row: int, column: int) -> Refusal | None:
        if self.scan.formulas and (row, column) in self.scan.formulas:
            return Refusal("formula")
        if self.scan.errors and (row, column) in self.scan.errors:
            return Refusal("cell_error")
        return None

    def at(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        value: str | None = None,
        **params: str | int,
    ) -> Finding:
        """Return a finding at a place of this sheet."""
        letter = get_column_letter(column) if column else None
        return Finding(kind(code), self.name, row, letter, value, params)
