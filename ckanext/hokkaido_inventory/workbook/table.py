"""Finding the table in a sheet that nobody made for machines: its heading rows, its columns, where its rows begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.eras import NotADate, read_span
from ckanext.hokkaido_inventory.workbook.cells import plain_text
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.merges import Merges
from ckanext.hokkaido_inventory.workbook.own_heading import Heading
from ckanext.hokkaido_inventory.workbook.proposal import is_known_heading

__all__ = [
    "LINKED_DATA",
    "Table",
    "filled_cells",
    "find_table",
    "heading_text",
    "is_note",
    "is_plain_text",
    "table_at",
]

LINKED_DATA = "#property"
#: Headings are looked for in so many rows.
_SEARCH_ROWS = 60
#: The deepest block of headings that is believed.
_DEEPEST = 8
_LONGEST_HEADING = 60
#: A row with so large a part of the usual number of filled cells belongs to the table, not to its title.
_DENSE = 0.5
#: So many dense rows after the first one may be the heading row.
_CANDIDATES = 15
#: A row is as full as another one from this part of its cells on.
_AS_FULL = 0.6
#: Longer texts in a row of groups are sentences of a title.
_LONGEST_GROUP = 25

_NOTE = re.compile(
    r"^[\s　]*(?:[※＊*]|[(（\[【〔]?\s*(?:注|備考|資料|出典|出所|留意事項|凡例)\s*(?:\d|[)）\]】〕:：.、]|$))"
)
_NUMBER = re.compile(r"[+\-△▲]?\s*[\d,，]*\.?\d+\s*[%％]?|[-－―‐…･・xXχ*]+")
_UNIT = re.compile(r"[(（［\[]?\s*[^\s()（）]{1,8}\s*[)）］\]]|[a-zA-Zａ-ｚ](\s*[=＝÷×/].*)?|[(（]?\d{1,2}[)）]?")


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands in its sheet; `first` and `last` are its heading rows, its rows begin at `body`."""

    first: int
    last: int
    body: int
    headings: tuple[Heading, ...]


def is_plain_text(text: str) -> bool:
    """Say whether a text is words: no number, no date, no dash for nothing."""
    if not text or _NUMBER.fullmatch(text):
        return False
    if not any(character.isdigit() for character in text):
        return True
    try:
        read_span(text)
    except NotADate:
        return True
    return False


def _weight_as_heading(text: str) -> float:
    """Say how much a text may be a heading: a short name wholly, a long question half, a letter or a number not."""
    if not is_plain_text(text) or re.fullmatch("[A-Za-zＡ-Ｚａ-ｚ]", text):
        return 0.0
    return 1.0 if len(text) <= _LONGEST_HEADING else 0.5


def is_note(text: str) -> bool:
    """Say whether a text is a note below or above a table."""
    return bool(_NOTE.match(text))


def find_table(grid: Grid) -> Table | None:
    """Return the table of a sheet, or nothing where no row looks like headings."""
    for row in range(1, min(grid.height, _SEARCH_ROWS) + 1):
        if grid.text(row, 1).casefold() == LINKED_DATA:
            return _linked_data(grid, row)
    rows = _Rows(grid)
    chosen = rows.heading_row()
    if chosen is None:
        return None
    first, last = rows.block(chosen)
    return _table(grid, rows.merges, first, last)


def table_at(grid: Grid, first: int, last: int) -> Table:
    """Return the table whose heading rows somebody named."""
    if grid.text(first, 1).casefold() == LINKED_DATA:
        return _linked_data(grid, first)
    return _table(grid, Merges(grid), first, min(max(first, last), first + _DEEPEST))


def _table(grid: Grid, merges: Merges, first: int, last: int) -> Table:
    headings = []
    for column in range(1, grid.width + 1):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = heading_text(merges.text(row, column))
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        headings.append(Heading(column, "／".join(parts), parts[-1] if parts else ""))
    return Table(first, last, last + 1, tuple(headings))


def _linked_data(grid: Grid, row: int) -> Table:
    """Read the form of linked data: English names in the row of `#property`, further rows that begin with #."""
    body = row + 1
    while body <= grid.height and grid.text(body, 1).startswith("#"):
        body += 1
    headings = tuple(
        Heading(column, text, text)
        for column in range(1, grid.width + 1)
        for text in [heading_text(grid.text(row, column))]
    )
    return Table(row, body - 1, body, headings)


def heading_text(text: str) -> str:
    """Return a heading on one line, without the blanks that spread its characters over the cell (市　町　村　名)."""
    plain = re.sub(r"[\r\n]+", "", text)
    if re.search(r"\S[ 　]+\S", plain) and re.search("[぀-ヿ一-鿿]", plain):
        plain = re.sub(r"(?<=[^\x00-\x7f])[ 　]+(?=[^\x00-\x7f])", "", plain)
    return re.sub(r"[\s　]+", " ", plain).strip()


class _Rows:
    """The first rows of a sheet, each with what tells headings from titles, notes and data."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.merges = Merges(grid)
        self.end = min(grid.height, _SEARCH_ROWS)
        self.cells = {row: self._row(row) for row in range(1, min(grid.height, _SEARCH_ROWS * 4) + 1)}
        filled = sorted(len(cells) for cells in self.cells.values() if cells)
        self.usual = max(1, filled[int(len(filled) * 0.75)]) if filled else 0

    def heading_row(self) -> int | None:
        """Return the row that looks most like headings."""
        dense = [row for row in range(1, self.end + 1) if self._is_dense(row)]
        rows = dense[:_CANDIDATES]
        counts = {row: len(self.cells[row]) for row in rows}
        scored = []
        for place, row in enumerate(rows):
            # Headings stand above the rows that are as full as they are.
            before = sum(counts[above] >= counts[row] * _AS_FULL for above in rows[:place])
            scored.append((self._score(row, max(counts.values())) - 0.35 * before, -row))
        return -max(scored)[1] if scored else None

    def block(self, row: int) -> tuple[int, int]:
        """Return the first and the last row of the headings around one of their rows."""
        first = min([row, *(self.merges.top(row, column) for column in range(1, self.grid.width + 1))])
        first, last = max(first, row - _DEEPEST), row
        while first > 1 and row - first < _DEEPEST and self._is_group(first - 1):
            first -= 1
        while last - first < _DEEPEST:
            reach = max(
                [last, *(self.merges.bottom(r, c) for r in range(first, last + 1) for c in self.cells.get(r, {}))]
            )
            if reach > last:
                last = min(reach, first + _DEEPEST)
            elif self._is_lower(first, last):
                last += 1
            else:
                break
        return first, last

    def _row(self, row: int) -> dict[int, str]:
        return dict(filled_cells(self.grid, row))

    def _is_dense(self, row: int) -> bool:
        cells = self.cells[row]
        first = next(iter(cells.values()), "")
        if not cells or (len(cells) == 1 and self.usual > 1) or (is_note(first) and not is_known_heading(first)):
            return False
        known = sum(is_known_heading(text) for text in cells.values())
        return len(cells) >= self.usual * _DENSE or known >= max(2, self.usual * 0.3)

    def _score(self, row: int, fullest: int) -> float:
        cells = self.cells[row]
        count = len(cells)
        words = sum(_weight_as_heading(text) for text in cells.values()) / count
        known = sum(is_known_heading(text) for text in cells.values()) / count
        distinct = len(set(cells.values())) / count
        coverage = min(1.0, count / max(1, min(fullest, self.usual * 2)))
        return 2.0 * words + 1.5 * coverage + 2.5 * known + distinct + self._contrast(row, cells)

    def _contrast(self, row: int, cells: dict[int, str]) -> float:
        """Say in how many columns words stand over something else."""
        below = [self.cells[further] for further in range(row + 1, row + 9) if self.cells.get(further)]
        if not below:
            return 0.0
        other = 0
        for column, text in cells.items():
            values = [cell for one in below if (cell := one.get(column))]
            words = sum(map(is_plain_text, values))
            longest = max(map(len, values), default=0)
            other += is_plain_text(text) and (words * 2 < len(values) or longest > 3 * len(text) + 10)
        return other / len(cells)

    def _is_group(self, row: int) -> bool:
        """Say whether a row above headings holds the names of groups of columns."""
        cells = self.cells.get(row) or {}
        if not cells or not all(is_plain_text(text) and len(text) <= _LONGEST_HEADING for text in cells.values()):
            return False
        if any(is_note(text) for text in cells.values()):
            return False
        wide = [column for column in cells if self.merges.width(row, column) > 1]
        whole = any(self.merges.width(row, column) >= self.usual for column in wide)
        if wide and not whole and (len(cells) > 1 or (wide[0] > 1 and self.merges.width(row, wide[0]) < self.usual)):
            return True
        short = all(len(text) <= _LONGEST_GROUP for text in cells.values())
        return short and len(cells) >= max(2, self.usual * _DENSE)

    def _is_lower(self, first: int, last: int) -> bool:
        """Say whether the row below headings carries them on: leaves of a group, units, or letters of a formula."""
        cells = self.cells.get(last + 1) or {}
        if not cells or last + 1 >= self.grid.height:
            return False
        if len(cells) > 1 and all(_UNIT.fullmatch(text) for text in cells.values()) and self._has_brackets(cells):
            return True
        if not all(is_plain_text(text) and len(text) <= _LONGEST_HEADING for text in cells.values()):
            return False
        above = {column for row in range(first, last + 1) for column in self.cells.get(row, {})}
        open_below = [column for column in cells if column not in above or self._is_wide(first, last, column)]
        return len(open_below) == len(cells) and (len(cells) > 1 or self._is_wide(first, last, next(iter(cells))))

    def _has_brackets(self, cells: dict[int, str]) -> bool:
        plain = [unicodedata.normalize("NFKC", text) for text in cells.values()]
        return sum(text[:1] in "([" or text[:1].isalpha() for text in plain) * 2 >= len(plain)

    def _is_wide(self, first: int, last: int, column: int) -> bool:
        return any(self.merges.width(row, column) > 1 for row in range(first, last + 1))


def filled_cells(grid: Grid, row: int) -> Iterator[tuple[int, str]]:
    """Yield the columns of a row that show something, with their text."""
    if not 0 < row <= len(grid.rows):
        return
    for column, value in enumerate(grid.rows[row - 1], 1):
        if value not in (None, "") and (text := plain_text(value)):
            yield column, text
