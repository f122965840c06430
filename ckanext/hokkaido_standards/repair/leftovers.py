"""What stands in a file and in no table of it: titles, notes, remarks beside a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from ckanext.hokkaido_standards.repair.change import Note
from ckanext.hokkaido_standards.tables.grid import Grid, filled
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["notes_of"]


def notes_of(grid: Grid, tables: Sequence[Table]) -> Iterator[Note]:
    """Yield the cells of a sheet that belong to none of its tables, row by row.

    :param tables: those of the sheet.
    """
    masks = [(table, _rows(grid, table)) for table in tables]
    found: list[Note] = []
    for place in range(grid.frame.width):
        inside = pl.select(pl.repeat(value=False, n=grid.frame.height))[:, 0]
        for table, mask in masks:
            if table.left <= place < table.left + table.frame.width:
                inside = inside | mask
        if inside.all():
            continue
        cells = grid.frame[str(place)]
        outside = (~inside & ~grid.blank).arg_true()
        full = outside.filter(filled(cells.gather(outside)))
        found += [Note(grid.name, row + 1, place + 1, cells[row]) for row in full]
    yield from sorted(found, key=lambda note: (note.row, note.place))


def _rows(grid: Grid, table: Table) -> pl.Series:
    """Return for each row of a sheet whether it is one of a table's, headings included."""
    rows = {row - 1 for row in range(table.heading_first, table.heading_row + 1) if row}
    records = table.numbers or range(table.heading_row + 1, table.heading_row + 1 + table.frame.height)
    mask = pl.select(pl.repeat(value=False, n=grid.frame.height))[:, 0]
    at = sorted(rows | {number - 1 for number in records})
    return mask.scatter(at, values=True) if at else mask
