"""A table as a page shows it: the head of a text file or of a worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KEPT_ROWS", "Table", "shape"]

#: So many rows below the headings are kept, for the map and for comparing; a page shows fewer.
KEPT_ROWS = 2000
#: Headings stand within so many rows.
_SEARCH = 30
#: A row with so large a part of the table's width filled is its headings; of the first one with anything less will do.
_FULL = 0.6
_NEARLY_FULL = 0.4
_MOST_COLUMNS = 200
_LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a table.

    `above` are lines before the headings, such as a title, and `skip` counts them with the blank ones; `total` is the
    number of rows below the headings that were counted, and `complete` says whether that is all of them. `encoding` and
    `delimiter` are empty for a worksheet, `sheets` and `sheet` for a text. `notes` are codes of what a reader should
    know. `width` counts all columns, of which the first 200 are kept.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    skip: int = 0
    total: int = 0
    width: int = 0
    complete: bool = True
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    notes: tuple[str, ...] = ()


def shape(rows: Sequence[Sequence[str]], counted: int, **known: object) -> Table:
    """Make a table of the first rows of a file.

    :param rows: the first rows, blank ones included; at least the headings and what is to be kept.
    :param counted: how many rows there are in all, as far as the file was read.
    """
    width = max((_filled_width(row) for row in rows), default=0)
    at = _heading(rows, width)
    kept = [tuple(_cell(row, column) for column in range(min(width, _MOST_COLUMNS))) for row in rows[at:]]
    above = tuple(" ".join(cell.strip() for cell in row if cell.strip()) for row in rows[:at])
    return Table(
        headings=kept[0] if kept else (),
        rows=tuple(kept[1 : KEPT_ROWS + 1]),
        above=tuple(line for line in above if line),
        skip=at,
        total=max(0, counted - at - 1),
        width=width,
        **known,  # type: ignore[arg-type]
    )


def _filled_width(row: Sequence[str]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)


def _cell(row: Sequence[str], column: int) -> str:
    text = row[column].strip() if column < len(row) else ""
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _heading(rows: Sequence[Sequence[str]], width: int) -> int:
    """Return where the headings stand: the first row that is filled nearly over the width of the table."""
    wanted = _NEARLY_FULL
    for at, row in enumerate(rows[:_SEARCH]):
        filled = sum(bool(cell.strip()) for cell in row)
        if filled and filled >= width * wanted:
            return at
        wanted = _FULL if filled else wanted
    return 0
