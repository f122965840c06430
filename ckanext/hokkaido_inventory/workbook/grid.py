"""A sheet as a grid of values with what the scan knows of it."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter
from python_calamine import CalamineWorkbook

from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.question_types import Question
from ckanext.hokkaido_inventory.workbook.cells import Cell, Vocabularies, is_blank, plain_text, read_cell
from ckanext.hokkaido_inventory.workbook.scan import Sheet

__all__ = ["Grid"]


@dataclass(slots=True, eq=False)
class Grid:
    """One sheet; rows and columns are counted from 1, and beyond its edge everything is blank."""

    scan: Sheet
    rows: list[list[object]]

    @classmethod
    def load(cls, workbook: CalamineWorkbook, scan: Sheet) -> Grid:
        """Read the values of a scanned sheet."""
        return cls(scan, workbook.get_sheet_by_name(scan.name).to_python(skip_empty_area=False))

    @property
    def name(self) -> str:
        """Return the sheet's name as the file has it."""
        return self.scan.name

    @property
    def height(self) -> int:
        """Return the number of the last row with a value."""
        return len(self.rows)

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

    def answer(
        self, row: int, column: int, question: Question, heading: str, vocabularies: Vocabularies
    ) -> tuple[str | int | None, Finding | None]:
        """Return the answer in an input cell; a formula or an error there is a finding, never a value."""
        place = (row, column)
        if place in self.scan.formulas:
            return None, self.at("formula", row, column, heading=heading)
        if place in self.scan.errors:
            return None, self.at("cell_error", row, column, value="#N/A", heading=heading)
        return read_cell(question, Cell(self.value(row, column), self.name, row, column, heading), vocabularies)

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
