"""Telling the tables of one grid apart: where each has its headings, its records and its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ckanext.hokkaido_standards.tables.cell_kind import is_label_row, numbers_in
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.headings import Block, Heading, Known, find_heading, spread

__all__ = ["Region", "regions"]

#: Headings stand within so many rows.
_SEARCH = 60
#: A grid that falls into more parts is one table with blank rows.
_MOST_RUNS = 2_000
_SMALL = 12
#: A part of a sheet is a table of its own from so many rows and columns on.
_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3
_NARROW = 0.5
_SAME = 0.6
_NUMERIC = 0.34
_MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Region:
    """A table in a grid: rows and columns from 0, the last ones not included; no heading where it has none."""

    heading: Heading | None
    top: int
    end: int
    left: int
    right: int


def regions(grid: Grid, known: Known) -> list[Region]:
    """Return the tables of a grid in the order in which they are read."""
    found: list[Region] = []
    runs = _runs(grid)
    for place, (top, end) in enumerate(runs):
        before = found[-1].heading if found else None
        if before and top < before.body:
            # Blank rows inside of merged headings divide nothing.
            found[-1] = replace(found[-1], end=max(end, found[-1].end))
            continue
        heading = _heading(grid, runs, place, known) if not found else _new(grid, top, end, found[-1], known)
        if heading is not None:
            heading = _within(heading, grid.frame.height)
            found.append(Region(heading, heading.first, max(end, heading.body), 0, grid.frame.width))
        elif found:
            found[-1] = replace(found[-1], end=max(end, found[-1].end))
    if not found and runs:
        found = [Region(None, runs[0][0], runs[-1][1], 0, grid.frame.width)]
    return [part for region in found for part in _beside(grid, region)]


def _within(heading: Heading, height: int) -> Heading:
    """Return headings that end where the grid does: a merged area may go on below it."""
    return replace(heading, last=min(heading.last, height - 1), body=min(heading.body, height))


def _runs(grid: Grid) -> list[tuple[int, int]]:
    """Return the parts of a grid between its blank rows."""
    runs: list[tuple[int, int]] = []
    before = 0
    for row in (*grid.blank.arg_true().to_list(), grid.frame.height):
        if row > before:
            runs.append((before, row))
        before = row + 1
    return runs if len(runs) <= _MOST_RUNS else [(runs[0][0], runs[-1][1])]


def _heading(grid: Grid, runs: Sequence[tuple[int, int]], place: int, known: Known) -> Heading | None:
    """Return the headings that begin in a part of a grid, above which there is nothing but titles and notes."""
    top, end = runs[place]
    ahead = grid.rows(top, top + _SEARCH)
    block = Block(ahead, top, grid.merged)
    widest = max(map(_count, ahead))
    own = ahead[: end - top]
    if max(_count(spread(block, row)) for row in range(len(own))) < widest * _NARROW and not _is_small_table(own):
        return None
    if len(own) >= _FEWEST_ROWS:
        ahead = own
    heading = find_heading(replace(block, rows=ahead), known)
    return heading if heading and heading.first < end else None


def _is_small_table(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a narrow part above a wide one is a table, and no notes."""
    widest = max(map(_count, rows))
    if len(rows) < _FEWEST_ROWS or widest < _FEWEST_COLUMNS:
        return False
    full = [row for row in rows if _count(row) == widest]
    return len(full) >= len(rows) - 1 and is_label_row(full[0], least=1.0) and numbers_in(full[-1]) > 0


def _new(grid: Grid, top: int, end: int, before: Region, known: Known) -> Heading | None:
    """Return the headings with which another table begins after a blank row; nothing where the one above goes on."""
    rows = grid.rows(top, min(end, top + _SMALL))
    block = Block(rows, top, grid.merged)
    heading = find_heading(block, known)
    if heading is None or before.heading is None or heading.first - top > _MOST_TITLES:
        return None
    cells = {cell.strip() for cell in rows[heading.first - top] if cell.strip()}
    above = {cell.strip() for row in grid.rows(before.heading.first, before.heading.body) for cell in row}
    if len(cells) < _FEWEST_COLUMNS - 1:
        return None
    if len(cells & above) >= len(cells) * _SAME:
        return heading
    titled = all(_count(row) == 1 for row in rows[: heading.first - top]) and heading.first > top
    sure = sum(map(known, cells)) >= max(_FEWEST_COLUMNS, len(cells) * _SAME)
    return (
        heading if sure or (_over_numbers(rows, heading, top) and (titled or len(cells) >= _FEWEST_COLUMNS)) else None
    )


def _over_numbers(rows: Sequence[Sequence[str]], heading: Heading, top: int) -> bool:
    """Say whether numbers stand under words: a record does not."""
    beneath = rows[heading.body - top :]
    if not beneath or numbers_in(rows[heading.last - top]):
        return False
    words = rows[heading.last - top]
    places = [place for place, cell in enumerate(words) if cell.strip()]
    counted = sum(1 for place in places if numbers_in([row[place] for row in beneath[:3]]))
    return counted >= max(1, len(places) * _NUMERIC)


def _count(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _beside(grid: Grid, region: Region) -> Iterator[Region]:
    """Yield the tables that stand side by side in a part of a grid, without the blank columns around them."""
    full = grid.columns_filled(region.top, region.end)
    if not full:
        return
    bands: list[list[int]] = []
    for place in full:
        if bands and place == bands[-1][-1] + 1:
            bands[-1].append(place)
        else:
            bands.append([place])
    if len(bands) > 1 and region.heading and _are_tables(grid, region, bands):
        for band in bands:
            yield replace(region, left=band[0], right=band[-1] + 1)
        return
    notes = _first_of_notes(grid, region, bands)
    yield replace(region, left=full[0], right=bands[notes - 1][-1] + 1)
    for band in bands[notes:]:
        yield replace(region, heading=None, left=band[0], right=band[-1] + 1)


def _first_of_notes(grid: Grid, region: Region, bands: Sequence[Sequence[int]]) -> int:
    """Return how many parts between blank columns are the table: what stands beside it without headings is another."""
    if region.heading is None or grid.scan is None:
        return len(bands)
    row = grid.rows(region.heading.last, region.heading.last + 1)[0]
    records = replace(region, top=region.heading.body) if region.heading.body < region.end else None
    tall = _rows(grid, region, bands[0])
    for place, band in enumerate(bands[1:], 1):
        headed = all(row[column].strip() for column in band) and (not records or _rows(grid, records, band))
        if headed or _rows(grid, region, band) >= tall * _NARROW:
            continue
        return place
    return len(bands)


def _rows(grid: Grid, region: Region, band: Sequence[int]) -> int:
    """Return in how many rows something stands in a part."""
    return sum(1 for row in grid.rows(region.top, region.end) if any(row[place].strip() for place in band))


def _are_tables(grid: Grid, region: Region, bands: Sequence[Sequence[int]]) -> bool:
    """Say whether parts between blank columns are tables: each says again what the first is headed by."""
    if region.heading is None:
        return False
    row = [cell.strip() for cell in grid.rows(region.heading.last, region.heading.last + 1)[0]]
    first, *others = ({row[place] for place in band if row[place]} for band in bands)
    return len(first) > 1 and all(len(one & first) >= max(2, len(first) * _SAME) for one in others)
