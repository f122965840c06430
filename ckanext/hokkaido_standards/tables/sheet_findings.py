"""What is wrong with a sheet of a workbook beside its values: merged cells, hidden parts, formulas, errors, objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.drawings import COMMENT
from ckanext.hokkaido_standards.tables.formats import Cells
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.structure import totals
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["of_sheet"]

_SHOWN = 60
#: Two looks that are about as many as each other are stripes for the eye.
_STRIPES = 0.6
#: Headings of figures that are names: nobody adds them up.
_NAMES = re.compile(r"コード|番号|番地|郵便|電話|内線|ID|NO\b|No\b|code", re.IGNORECASE)


def of_sheet(grid: Grid, tables: Sequence[Table]) -> Iterator[Finding]:
    """Yield what is wrong with a sheet; nothing for a text.

    :param tables: the tables of the sheet, whose headings name the columns.
    """
    if grid.scan is None:
        return
    yield from _hidden(grid, tables)
    for top, left, bottom, right in sorted(grid.merged):
        area = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        yield _at(grid, tables, "L1-12", (top, left), repairable=True, area=area)
    for place in sorted(grid.scan.formulas):
        yield _at(grid, tables, "L2-06", place, repairable=True)
    for place in sorted(grid.scan.errors):
        yield _at(grid, tables, "sheet-error", place)
    for row, column, kind in grid.objects:
        if kind.startswith(COMMENT):
            yield _at(grid, tables, "sheet-comment", (row, column), text=kind.removeprefix(COMMENT)[:_SHOWN])
        else:
            yield _at(grid, tables, "L1-10", (row, column), kind=kind)
    for table in tables:
        yield from _formats(grid, table)
        yield from _digits(grid, table)


def _hidden(grid: Grid, tables: Sequence[Table]) -> Iterator[Finding]:
    """Yield what whoever opens the workbook does not see, as far as something stands there."""
    if grid.scan is None:
        return
    if grid.hidden:
        if not grid.blank.all():
            yield Finding("sheet-hidden", grid.name, value=grid.name)
        return
    for row in sorted(grid.scan.hidden_rows):
        if row <= grid.frame.height and not grid.blank[row - 1]:
            yield Finding("L1-13", grid.name, row)
    for column in sorted(grid.scan.hidden_columns):
        if column <= grid.frame.width and grid.column_filled(column - 1, 0, grid.frame.height):
            heading = _heading(tables, grid.frame.height, column)
            told = {"letter": get_column_letter(column)}
            yield Finding("sheet-hidden-column", grid.name, None, heading, column, params=told)


def _formats(grid: Grid, table: Table) -> Iterator[Finding]:
    """Yield the columns some of whose records look unlike the others; rows that look so as a whole are told once."""
    if not table.frame.height or not grid.looks:
        return
    first, last = table.row(0), table.row(table.frame.height - 1)
    said = {finding.row for finding in totals(table)}
    told = set()
    for place, heading in enumerate(table.headings):
        of_column = grid.looks.get(table.place(place), {}).values()
        others = _unlike([cells for cells in of_column if cells.last >= first and cells.first <= last])
        # A total says by its label what its look says.
        others = [cells for cells in others if max(first, cells.first) not in said or cells.count > len(said)]
        count = sum(cells.count for cells in others)
        row = max(first, min((cells.first for cells in others), default=0))
        if others and (row, count) not in told:
            told.add((row, count))
            params = {"cells": count}
            yield Finding("sheet-formats", grid.name, row, heading, table.place(place), params=params, count=count)


def _unlike(looks: Sequence[Cells]) -> Sequence[Cells]:
    """Return the cells that look unlike most of a column; none where two looks are stripes for the eye."""
    usual, *others = sorted(looks, key=lambda cells: cells.count, reverse=True) or [None]
    if usual is None or (len(others) == 1 and others[0].count >= usual.count * _STRIPES):
        return []
    return others


def _digits(grid: Grid, table: Table) -> Iterator[Finding]:
    """Yield the columns of numbers some of which are stored as texts."""
    if not table.frame.height:
        return
    first, last = table.row(0), table.row(table.frame.height - 1)
    for place, heading in enumerate(table.headings):
        number = table.place(place)
        rows = [row for row in grid.digits.get(number, ()) if first <= row <= last]
        if rows and not _NAMES.search(heading) and grid.numbers[number] >= len(rows):
            value = grid.frame[str(number - 1)][rows[0] - 1]
            params = {"cells": len(rows)}
            yield Finding(
                "sheet-digits",
                grid.name,
                rows[0],
                heading,
                number,
                value,
                params,
                repairable=True,
                count=len(rows),
            )


def _at(
    grid: Grid,
    tables: Sequence[Table],
    rule: str,
    place: tuple[int, int],
    *,
    repairable: bool = False,
    **params: str,
) -> Finding:
    row, column = place
    inside = row <= grid.frame.height and column <= grid.frame.width
    value = grid.frame[str(column - 1)][row - 1].strip()[:_SHOWN] if inside else ""
    return Finding(rule, grid.name, row, _heading(tables, row, column), column, value, params, repairable)


def _heading(tables: Sequence[Table], row: int, column: int) -> str:
    """Return what heads a cell: of the table that begins last above it."""
    above = (
        table
        for table in reversed(tables)
        if table.heading_row <= row and table.left < column <= table.left + len(table.headings)
    )
    table = next(above, None)
    return table.headings[column - table.left - 1] if table else ""
