"""What is wrong with how a table stands in its grid: headings, blank rows and columns, rows of another width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.headings import Heading
from ckanext.hokkaido_standards.tables.regions import Region
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["after_end", "of_first", "of_table", "totals"]

_SHOWN = 60
#: A first cell that says that its row sums up others; words such as 統計 and 血圧計 do not.
_PLACES = "(全|全道|全国|県|都|道|府|市|町|村|郡|区|総|.{0,6}(振興局等?|管内|地区|支所))"
_TOTAL = rf"^[\s〈<（(【]*({_PLACES}*(合\s*計|総\s*計|小\s*計|計)|総\s*数)[\s〉>）)】]*$"

#: What programs call a column that nobody has named.
_SIGN = re.compile(r"(?:unnamed:?|列|項目|フィールド|column|col|field)[\s_]*[0-9０-９]{1,4}", re.IGNORECASE)


def of_table(grid: Grid, table: Table, region: Region) -> Iterator[Finding]:
    """Yield what is wrong with a table, each with its place in the file."""
    if region.heading:
        yield from _of_headings(grid, table, region, region.heading)
    yield from _blanks(grid, table, region)
    yield from _notes(grid, table, region)
    yield from totals(table)
    if not grid.name and region.heading:
        yield from _widths(grid, table, region)
        if grid.quoted:
            yield from _lines(table)


def of_first(grid: Grid, table: Table, region: Region) -> Iterator[Finding]:
    """Yield what is wrong with where the headings of the first table of a grid stand."""
    heading = region.heading
    if heading is None:
        yield Finding("table-no-heading", table.sheet, region.top + 1)
        return
    if heading.linked:
        yield Finding("table-linkdata", table.sheet, heading.first + 1, repairable=True)
    if heading.first:
        yield Finding("L3-01", table.sheet, heading.first + 1, repairable=True)
    yield from _before(grid, table, region, heading)


def _before(grid: Grid, table: Table, region: Region, heading: Heading) -> Iterator[Finding]:
    """Yield the title and the blank rows above the headings, and the blank columns before the first one."""
    rows = blank = 0
    for number, cells in enumerate(grid.rows(0, heading.first), 1):
        texts = [cell.strip() for cell in cells if cell.strip()]
        blank += not texts
        if texts and not rows:
            rows = number
            yield Finding("table-title", table.sheet, number, value=" ".join(texts)[:_SHOWN], repairable=True)
    left = next((place for place in range(region.left) if grid.column_filled(place, 0, region.end)), region.left)
    if blank or left:
        told: dict[str, str | int] = {"rows": blank, "columns": left}
        yield Finding("table-margin", table.sheet, 1, params=told, repairable=True)


def after_end(grid: Grid) -> Iterator[Finding]:
    """Yield the blank rows and columns after the end of a text, which a spreadsheet has left there."""
    if rows := grid.blank_rows_after:
        row = grid.filled_height + 1
        yield Finding("table-blank-rows", grid.name, row, params={"rows": rows}, repairable=True)
    if columns := grid.blank_columns_after:
        place = grid.filled_width + 1
        yield Finding("table-blank-columns", grid.name, place=place, params={"columns": columns}, repairable=True)


def _of_headings(grid: Grid, table: Table, region: Region, heading: Heading) -> Iterator[Finding]:
    if rows := heading.last - heading.first:
        told: dict[str, str | int] = {"rows": rows + 1}
        yield Finding("table-heading-rows", table.sheet, heading.first + 1, params=told, repairable=True)
    yield from _names(grid, table, region, heading)
    yield from _spaced(grid, table, heading)
    times = Counter(comparison_key(name) for name in table.headings if name)
    for place, name in enumerate(table.headings):
        if name and times[comparison_key(name)] > 1:
            told = {"times": times[comparison_key(name)]}
            yield Finding("L2-03", table.sheet, table.heading_row, name, table.place(place), name[:_SHOWN], told)


def _names(grid: Grid, table: Table, region: Region, heading: Heading) -> Iterator[Finding]:
    """Yield the columns without a heading that says what they hold, and headings of several lines of a text."""
    for place, name in enumerate(table.headings):
        if not name and grid.column_filled(table.left + place, heading.body, region.end):
            number = table.place(place)
            told: dict[str, str | int] = {"letter": get_column_letter(number)}
            yield Finding("L1-05", table.sheet, table.heading_row, place=number, params=told)
        elif _SIGN.fullmatch(name):
            yield Finding("table-heading-sign", table.sheet, table.heading_row, name, table.place(place), name)
        elif "\n" in name and not grid.name:
            value = _one_line(name)
            yield Finding("L1-14", table.sheet, table.heading_row, name, table.place(place), value, repairable=True)


def _spaced(grid: Grid, table: Table, heading: Heading) -> Iterator[Finding]:
    """Yield the headings around which there are blanks or line breaks, in any of their rows."""
    for place, name in enumerate(table.headings):
        cells = grid.frame[str(table.left + place)].slice(heading.first, heading.last - heading.first + 1)
        if value := next((cell for cell in cells if cell.strip() and cell != cell.strip()), ""):
            number, value = table.place(place), _one_line(value)
            yield Finding("table-heading-space", table.sheet, table.heading_row, name, number, value, repairable=True)


def _blanks(grid: Grid, table: Table, region: Region) -> Iterator[Finding]:
    """Yield the blank rows and columns that divide a table, and those after its end."""
    last = table.row(table.frame.height - 1) if table.frame.height else table.heading_row
    first = region.heading.first if region.heading else region.top
    for row in grid.blank.slice(first, last - first).arg_true():
        # What is blank right below the headings parts them from the records.
        rule = "table-heading-gap" if region.heading and first + row == region.heading.body else "L1-03"
        yield Finding(rule, table.sheet, first + row + 1, repairable=True)
    for place, name in enumerate(table.headings):
        if not name and region.heading and not grid.column_filled(table.left + place, first, region.end):
            number = table.place(place)
            told = {"letter": get_column_letter(number)}
            yield Finding("table-blank-column", table.sheet, place=number, params=told, repairable=True)


def _notes(grid: Grid, table: Table, region: Region) -> Iterator[Finding]:
    """Yield the notes after the last record."""
    last = table.row(table.frame.height - 1) if table.frame.height else table.heading_row
    for row, cells in enumerate(grid.rows(last, region.end), last + 1):
        texts = [cell.strip() for cell in cells[region.left : region.right] if cell.strip()]
        if texts:
            yield Finding("table-notes", table.sheet, row, value=" ".join(texts)[:_SHOWN], repairable=True)


def totals(table: Table) -> Iterator[Finding]:
    """Yield the rows that say that they sum up others."""
    for place, name in list(enumerate(table.headings))[:2]:
        column = table.frame[str(place)]
        maybe = column.str.contains_any(["計", "総"]).arg_true()
        for row in maybe.filter(column.gather(maybe).str.contains(_TOTAL)):
            value = column[row].strip()
            yield Finding("table-total", table.sheet, table.row(row), name, table.place(place), value[:_SHOWN])


def _widths(grid: Grid, table: Table, region: Region) -> Iterator[Finding]:
    """Yield the rows of a text that have more or fewer cells than there are headings."""
    if not grid.widths or region.heading is None:
        return
    wanted = grid.widths.get(region.heading.last + 1, grid.frame.width)
    rows: Iterable[int] = range(region.heading.body + 1, region.end + 1)
    for row in rows if wanted < grid.frame.width else sorted(grid.widths):
        cells = grid.widths.get(row, grid.frame.width)
        if cells == wanted or row not in rows or grid.blank[row - 1]:
            continue
        told = {"cells": cells, "headings": wanted}
        more = cells > wanted and any(cell.strip() for cell in grid.frame.row(row - 1)[wanted:])
        if more:
            yield Finding("L1-15", table.sheet, row, params=told)
        elif cells < wanted:
            yield Finding("table-short", table.sheet, row, params=told, repairable=True)


def _lines(table: Table) -> Iterator[Finding]:
    """Yield the cells of a text that hold line breaks, so that a record takes more than one line."""
    for place, name in enumerate(table.headings):
        column = table.frame[str(place)]
        broken = column.str.contains("\n", literal=True)
        for row in broken.arg_true():
            value = _one_line(column[row])
            yield Finding("L1-14", table.sheet, table.row(row), name, table.place(place), value, repairable=True)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ⏎ ", text)[:_SHOWN]
