"""A file as read: what it is, and the tables in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid

__all__ = ["Table", "TableFile"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts, as typed.

    :ivar sheet: name of its sheet, blank in a text file.
    :ivar headings: one for each column, in order; blank where there is none.
    :ivar heading_row: number of the (last) row of headings in the file, from 1; 0 where there is none.
    :ivar frame: the records; columns are named by their place ("0", "1", …) and hold strings, never null.
    :ivar numbers: number of the row in the file of each record, from 1, where records do not follow the headings
        without a gap.
    :ivar left: how many columns of the file stand before the first one of the table.
    :ivar heading_first: number of the first row of headings in the file, from 1; 0 where there is none.
    """

    headings: tuple[str, ...]
    frame: pl.DataFrame
    heading_row: int = 1
    sheet: str = ""
    numbers: Sequence[int] = ()
    left: int = 0
    heading_first: int = 0

    def place(self, index: int) -> int:
        """Return the number in the file of a column, given its index from 0."""
        return self.left + index + 1

    def row(self, index: int) -> int:
        """Return the number in the file of a record, given its index from 0."""
        return self.numbers[index] if self.numbers else self.heading_row + 1 + index


@dataclass(slots=True)
class TableFile:
    """A file: how it is written, its tables, and what is wrong with it beside their values.

    :ivar name: its name without a folder.
    :ivar kind: `csv`, `xlsx` or `xls`, told by its content.
    :ivar encoding: of a text, as Python names it (`utf-8-sig` with a byte order mark); blank for workbooks.
    :ivar findings: what was found while it was read: encoding, structure, sheets. A file that cannot be read at all has
        no table and says here why.
    :ivar grids: its sheets, or its text, cell by cell, in their order; only where whoever reads it asks for them.
    """

    name: str
    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
