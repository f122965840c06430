"""A sheet or a text as it lies there: every cell as text, and what is known of it beside the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from ckanext.hokkaido_core.workbook_scan import Sheet
from ckanext.hokkaido_standards.tables.formats import Looks

__all__ = ["MOST_COLUMNS", "MOST_COLUMNS_IN_ALL", "Area", "Grid", "blank_rows", "filled", "frame_of"]

#: A merged area: top, left, bottom, right, from 1.
Area = tuple[int, int, int, int]
#: Columns of one table, and of all tables of a file: each is looked at by every rule, and takes some milliseconds.
MOST_COLUMNS, MOST_COLUMNS_IN_ALL = 2_000, 5_000
_FIRST = 200


def frame_of(rows: list[list[str]], width: int) -> pl.DataFrame:
    """Return rows of one width as a frame whose columns are named by their place."""
    columns = zip(*rows, strict=True) if rows else ((),) * width
    return pl.DataFrame({str(place): list(cells) for place, cells in enumerate(columns)}, schema=_schema(width))


def _with_cells(frame: pl.DataFrame) -> list[str]:
    """Return the names of the columns in which anything stands."""
    if not frame.width or not frame.height:
        return []
    told = frame.select(pl.all().str.contains(r"\S").any()).row(0)
    return [name for name, is_filled in zip(frame.columns, told, strict=True) if is_filled]


def _schema(width: int) -> dict[str, type[pl.String]]:
    return {str(place): pl.String for place in range(width)}


def filled(cells: pl.Series) -> pl.Series:
    """Return for each cell whether anything but blanks stands there."""
    return cells.str.contains(r"\S")


def blank_rows(frame: pl.DataFrame) -> pl.Series:
    """Return for each row whether nothing stands in it."""
    blank = pl.Series([True]).new_from_index(0, frame.height)
    for cells in frame:
        if not blank.any():
            break
        # Most rows are told by their first cell; only what is left is looked through.
        at = blank.arg_true()
        blank = blank.scatter(at, ~filled(cells.gather(at)))
    return blank


@dataclass(eq=False)
class Grid:
    """One sheet, or a text.

    :ivar frame: all rows of the file, the first of them row 1; columns are named by their place ("0", "1", …).
    :ivar name: of the sheet, blank for a text.
    :ivar widths: number of cells of the rows of a text that have more or fewer than the frame has columns.
    :ivar quoted: whether a text has quotation marks, without which no cell of it can hold a line break.
    :ivar tail: number of lines without any cell after the last row of a text.
    :ivar objects: row, column (from 1) and kind of the pictures, charts, shapes and comments on a sheet.
    :ivar looks: how the cells of a sheet look, where they do not all look alike.
    :ivar digits: rows (from 1) of texts that are numbers, by column (from 1); nothing for a text.
    :ivar numbers: how many numbers the columns of `digits` hold.
    :ivar scan: what the scan of the workbook knows; nothing for a text.
    """

    frame: pl.DataFrame
    name: str = ""
    widths: Mapping[int, int] = field(default_factory=dict)
    quoted: bool = True
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    objects: tuple[tuple[int, int, str], ...] = ()
    looks: Looks = field(default_factory=dict)
    digits: Mapping[int, Sequence[int]] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    scan: Sheet | None = None
    tail: int = 0

    @cached_property
    def blank(self) -> pl.Series:
        """Return for each row whether nothing stands in it."""
        return blank_rows(self.frame)

    @cached_property
    def filled_height(self) -> int:
        """Return the number of the last row in which anything stands."""
        rows = (~self.blank).arg_true()
        return int(rows[-1]) + 1 if rows.len() else 0

    @cached_property
    def filled_width(self) -> int:
        """Return the number of the last column in which anything stands."""
        return max(self.columns_filled(0, self.frame.height), default=-1) + 1

    @property
    def blank_rows_after(self) -> int:
        """Return how many blank rows follow the last one."""
        return self.frame.height - self.filled_height + self.tail

    @property
    def blank_columns_after(self) -> int:
        """Return how many blank columns follow the last one."""
        return self.frame.width - self.filled_width

    def column_filled(self, place: int, first: int, last: int) -> bool:
        """Say whether anything stands in a column (from 0) between two rows (from 0, the second not included)."""
        cells = self.frame[str(place)].slice(first, last - first)
        return bool(filled(cells.head(_FIRST)).any()) or bool(filled(cells).any())

    def columns_filled(self, first: int, last: int) -> list[int]:
        """Return the columns, from 0, in which anything stands between two rows, from 0, the second not included."""
        rows = self.frame.slice(first, last - first)
        # Most columns are told by their first cells; only what is left is looked through.
        found = set(_with_cells(rows.head(_FIRST)))
        left = [name for name in rows.columns if name not in found] if rows.height > _FIRST else []
        found.update(_with_cells(rows.select(left)))
        return [place for place, name in enumerate(rows.columns) if name in found]

    def rows(self, first: int, last: int) -> list[list[str]]:
        """Return the texts of some rows, from 0, the second not included; those beyond the end are left out."""
        return [list(row) for row in self.frame.slice(first, max(0, last - first)).iter_rows()]
