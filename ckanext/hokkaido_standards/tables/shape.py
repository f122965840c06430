"""Where the tables are in the grids of a file: their headings, their records, and what is no part of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.definitions import standards
from ckanext.hokkaido_standards.domain.finding import Finding, limited
from ckanext.hokkaido_standards.tables.cell_kind import is_number
from ckanext.hokkaido_standards.tables.grid import Grid, blank_rows
from ckanext.hokkaido_standards.tables.headings import Block, flatten, spread
from ckanext.hokkaido_standards.tables.regions import Region, regions
from ckanext.hokkaido_standards.tables.sheet_findings import of_sheet
from ckanext.hokkaido_standards.tables.structure import after_end, of_first, of_table
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["shape"]

_EXAMPLES = re.compile("作成例|記入例|記載例|入力例|記述例")
_NOTE = re.compile(r"\s*[(（【\[]?(※|注\s*[0-9０-９)）:：]|注意|注記|資料|出典|備考|\*)")
#: Rows after the last record that may be notes.
_LAST_ROWS = 50
_NOTE_CELLS = 2
_SHOWN = 60
#: So many findings of one rule in one column are kept, lest a file of a million faults fill the memory.
_MOST_TOLD = 10_000


def shape(grids: Sequence[Grid]) -> tuple[list[Table], list[Finding]]:
    """Return the tables of the sheets of a file, or of a text, and what is wrong with how they stand there.

    Sheets that are hidden or hold examples have no table, unless there is no other sheet.
    """
    with_cells = [grid for grid in grids if not grid.blank.all()]
    shown = [grid for grid in with_cells if not grid.hidden and not _EXAMPLES.search(grid.name)] or with_cells
    found = [_tables(grid) if grid in shown else [] for grid in grids]
    # A column of words is a sheet of explanations, unless there is nothing else.
    findings: list[Finding] = []
    if any(len(table.headings) > 1 for of_grid in found for table, _region in of_grid):
        findings += (note for grid, of_grid in zip(grids, found, strict=True) for note in _beside(grid, of_grid))
        found = [[one for one in of_grid if len(one[0].headings) > 1] for of_grid in found]
    for grid, of_grid in zip(grids, found, strict=True):
        if grid in with_cells and not grid.hidden and grid not in shown:
            findings.append(Finding("sheet-example", grid.name, value=grid.name))
        findings += of_sheet(grid, [table for table, _region in of_grid])
        findings += _of_tables(grid, of_grid)
    return [table for of_grid in found for table, _region in of_grid], findings


def _of_tables(grid: Grid, found: Sequence[tuple[Table, Region]]) -> Iterator[Finding]:
    for number, (table, region) in enumerate(found):
        if number:
            yield Finding("L1-02", grid.name, region.top + 1, params={"tables": len(found)})
        else:
            yield from of_first(grid, table, region)
        yield from limited(of_table(grid, table, region), _MOST_TOLD)
    if found:
        yield from after_end(grid)


def _beside(grid: Grid, found: Sequence[tuple[Table, Region]]) -> Iterator[Finding]:
    """Yield the columns of words beside the tables of a sheet."""
    if all(len(table.headings) == 1 for table, _region in found):
        return
    for table, region in found:
        if len(table.headings) == 1 and region.heading is None:
            row, value = next((row, text.strip()) for row, text in enumerate(table.frame["0"]) if text.strip())
            place = table.place(0)
            yield Finding("table-notes", grid.name, table.row(row), place=place, value=value[:_SHOWN], repairable=True)


@cache
def _known_headings() -> frozenset[str]:
    """Return the comparison keys of all headings of all standard data sets."""
    return frozenset(
        comparison_key(name)
        for standard in standards().values()
        for columns in standard.forms.values()
        for column in columns
        for name in (column.heading, column.concept.ja, *column.concept.also, *column.concept.english)
    )


def _is_known(text: str) -> bool:
    return comparison_key(text) in _known_headings()


def _tables(grid: Grid) -> list[tuple[Table, Region]]:
    return [(_table(grid, region), region) for region in regions(grid, _is_known)]


def _table(grid: Grid, region: Region) -> Table:
    heading = region.heading
    left = region.left + 1 if heading and heading.linked else region.left
    body = heading.body if heading else region.top
    end = _without_notes(grid, body, region)
    frame = grid.frame.slice(body, end - body).select(
        pl.col(str(place)).alias(str(place - left)) for place in range(left, region.right)
    )
    keep = ~(blank_rows(frame) if frame.width < grid.frame.width else grid.blank.slice(body, end - body))
    numbers: Sequence[int] = ()
    if not keep.all() or (heading.last + 1 if heading else 0) != body:
        numbers = array("I", (row + body + 1 for row in keep.arg_true()))
        frame = frame.filter(keep)
    names = _headings(grid, region, left) if heading else ("",) * (region.right - left)
    first, last = (heading.first + 1, heading.last + 1) if heading else (0, 0)
    return Table(names, frame, last, grid.name, numbers, left, first)


def _headings(grid: Grid, region: Region, left: int) -> tuple[str, ...]:
    heading = region.heading
    if heading is None:
        return ()
    block = Block(grid.rows(heading.first, heading.last + 1), heading.first, grid.merged)
    rows = [spread(block, place)[left : region.right] for place in range(len(block.rows))]
    return flatten(rows)


def _without_notes(grid: Grid, body: int, region: Region) -> int:
    """Return where the records end: what follows them are blank rows and notes."""
    end = region.end
    if region.right - region.left <= _NOTE_CELLS:
        return end
    first = max(body, end - _LAST_ROWS)
    rows = [
        [cell.strip() for cell in cells[region.left : region.right] if cell.strip()] for cells in grid.rows(first, end)
    ]
    last = max((place for place, cells in enumerate(rows) if not _may_be_note(cells)), default=-1)
    for place in range(last + 1, len(rows)):
        cells = rows[place]
        if cells and (_NOTE.match(cells[0]) or (place and not rows[place - 1] and not is_number(cells[0]))):
            return first + place
    return end


def _may_be_note(cells: Sequence[str]) -> bool:
    return len(cells) < _NOTE_CELLS or (len(cells) == _NOTE_CELLS and bool(_NOTE.match(cells[0])))
