"""Finding the rows of headings, and making one heading a column of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_standards.tables.cell_kind import is_label_row, is_number, numbers_in
from ckanext.hokkaido_standards.tables.grid import Area

__all__ = ["Block", "Heading", "Known", "find_heading", "flatten", "spread"]

#: Says whether a text is a heading that some standard data set has.
Known = Callable[[str], bool]
Rows = Sequence[Sequence[str]]

_PROPERTY = "#property"
_COMMENT = "#"
#: A row as full as this, beside the fullest, heads a table.
_FULL = 0.5
_MOST_HEADING_ROWS = 12
_REPEATED = 0.8
#: A row of headings is nearly as full as the next one of them.
_NEARLY = 0.75
#: So many known headings, and so large a part of a row, are its headings whatever stands above.
_SURE, _MOSTLY, _FEW = 3, 0.5, 2
_BLANKS = re.compile(r"\s+")
_WIDE = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Block:
    """The beginning of a part of a sheet: its rows, the place of the first of them (from 0), and merged areas."""

    rows: Rows
    top: int = 0
    merged: Sequence[Area] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Rows of headings, counted from 0 in the sheet: the first, the last, and the first row of the records.

    `linked` is that of a LinkData file, whose first column is no data.
    """

    first: int
    last: int
    body: int
    linked: bool = False


def find_heading(block: Block, known: Known) -> Heading | None:
    """Return where the headings of a block stand; nothing where it has none."""
    rows = [spread(block, place) for place in range(len(block.rows))]
    linked = next((place for place, row in enumerate(rows) if row[0].strip().lower().startswith(_PROPERTY)), None)
    if linked is not None:
        body = linked + 1
        while body < len(rows) and rows[body][0].startswith(_COMMENT):
            body += 1
        return Heading(block.top + linked, block.top + linked, block.top + body, linked=True)
    widest = max((sum(map(_filled, row)) for row in rows), default=0)
    first = next((place for place, row in enumerate(rows) if _heads(row, widest, known)), None)
    sure = next((place for place, row in enumerate(rows) if _hits(row, known) >= _SURE and _known(row, known)), None)
    if sure is not None and (first is None or _hits(rows[first], known) < _FEW):
        first = sure if first is None or sure > _last(block, rows, first) else first
    if first is None:
        return None
    while _is_title(block, rows, first):
        first = next(place for place in range(first + 1, len(rows)) if any(map(_filled, rows[place])))
    last = _last(block, rows, first)
    while first and _groups(block, rows, first - 1):
        first -= 1
    last = max(last, _merged_to(block, first - 1, last))
    return Heading(block.top + first, block.top + last, block.top + last + 1)


def flatten(rows: Rows) -> tuple[str, ...]:
    """Return one heading a column of rows of headings whose merged cells are filled (親_子)."""
    if len(rows) == 1:
        return tuple(cell.strip() for cell in rows[0])
    return tuple("_".join(_parts(cells)) for cells in zip(*rows, strict=True))


def _parts(cells: Iterable[str]) -> Iterable[str]:
    before = ""
    for cell in cells:
        part = _BLANKS.sub("" if _WIDE.search(cell) else " ", cell.strip())
        if part and part != before:
            yield part
            before = part


def _filled(cell: str) -> bool:
    return bool(cell.strip())


def spread(block: Block, place: int) -> list[str]:
    """Return a row in which the cells of merged areas hold what their first cell holds."""
    row = list(block.rows[place])
    for top, left, bottom, right in block.merged:
        if top - 1 <= block.top + place <= bottom - 1 and top - 1 >= block.top:
            text = block.rows[top - 1 - block.top][left - 1]
            row[left - 1 : right] = [text] * (min(right, len(row)) - left + 1)
    return row


def _hits(row: Sequence[str], known: Known) -> int:
    return sum(1 for cell in row if _filled(cell) and known(cell))


def _known(row: Sequence[str], known: Known) -> bool:
    hits = _hits(row, known)
    return hits >= _FEW and hits >= sum(map(_filled, row)) * _MOSTLY


def _heads(row: Sequence[str], widest: int, known: Known) -> bool:
    count = sum(map(_filled, row))
    if _different(row) <= (widest > 1):
        return False
    return (count >= widest * _FULL and is_label_row(row)) or _known(row, known)


def _different(row: Sequence[str]) -> int:
    return len({cell.strip() for cell in row if _filled(cell)})


def _repeats(row: Sequence[str]) -> bool:
    """Say whether a row says the same several times, as groups of columns do that are written out."""
    return _different(row) < sum(map(_filled, row)) * _REPEATED


def _groups(block: Block, rows: Rows, place: int) -> bool:
    """Say whether a row above headings heads groups of them: it has merged cells and says several things."""
    number = block.top + place + 1
    merged = any(top <= number <= bottom and (bottom, right) > (top, left) for top, left, bottom, right in block.merged)
    return merged and _different(rows[place]) > 1 and is_label_row(rows[place], least=1.0)


def _last(block: Block, rows: Rows, first: int) -> int:
    """Return the last row of headings that begin in a row: what merged areas, groups and numbers beneath them tell."""
    last = first
    for _step in range(_MOST_HEADING_ROWS):
        further = max(_merged_to(block, first, last), last + _goes_on(block, rows, last))
        if further == last:
            break
        last = further
    return min(last, first + _MOST_HEADING_ROWS)


def _merged_to(block: Block, first: int, last: int) -> int:
    rows = range(block.top + first + 1, block.top + last + 2)
    ends = [bottom - 1 - block.top for top, _left, bottom, _right in block.merged if top in rows]
    near = [end for end in ends if end <= first + _MOST_HEADING_ROWS + 1]
    return max(near, default=last)


def _goes_on(block: Block, rows: Rows, last: int) -> bool:
    """Say whether the row after the last one is one of headings, too."""
    after = last + 1
    if after >= len(rows):
        return False
    if not is_label_row(rows[after], least=1.0):
        return _repeats(rows[last]) and not _repeats(rows[after]) and _words_above_numbers(rows, last)
    grouped = _grouped(block, last) or _gaps(block.rows[last])
    if grouped:
        grouped |= {place for place, cell in enumerate(rows[last]) if not _filled(cell)}
    parts = [place for place, cell in enumerate(rows[after]) if _filled(cell)]
    if grouped and grouped.issuperset(parts):
        return True
    return _words_above_numbers(rows, last)


def _grouped(block: Block, place: int) -> set[int]:
    """Return the columns under merged cells of a row, each of which heads several of them."""
    areas = [area for area in block.merged if area[0] == area[2] == block.top + place + 1 and area[3] > area[1]]
    return {column - 1 for _top, left, _bottom, right in areas for column in range(left, right + 1)}


def _gaps(row: Sequence[str]) -> set[int]:
    """Return the columns of a text's row that are blank after a heading, with the heading's own; none but for two."""
    last = max((place for place, cell in enumerate(row) if _filled(cell)), default=0)
    blank = {place for place, cell in enumerate(row) if place and not _filled(cell)}
    return blank | {place - 1 for place in blank} if len(blank) > 1 and last else set()


def _words_above_numbers(rows: Rows, last: int) -> bool:
    """Say whether two full rows of words stand above rows of numbers, as codes and names of columns do."""
    row, below = sum(map(_filled, rows[last])), sum(map(_filled, rows[last + 1]))
    return below * _NEARLY <= row <= below and not numbers_in(rows[last]) and _over_numbers(rows, last + 1)


def _is_title(block: Block, rows: Rows, place: int) -> bool:
    """Say whether a row is a title of several cells: the next one is fuller, and below a blank row or above numbers."""
    after = next((one for one in range(place + 1, len(rows)) if any(map(_filled, rows[one]))), len(rows))
    if after >= len(rows) or _goes_on(block, rows, place):
        return False
    emptier = sum(map(_filled, rows[place])) < sum(map(_filled, rows[after])) * _NEARLY
    apart = after > place + 1
    return emptier and is_label_row(rows[after], least=1.0) and (apart or _over_numbers(rows, after))


def _over_numbers(rows: Rows, place: int) -> bool:
    row, beneath = rows[place], rows[place + 1 : place + 4]
    if not beneath or numbers_in(row):
        return False
    counted = [column for column, cell in enumerate(row) if _filled(cell) and _numeric(beneath, column)]
    return len(counted) > sum(map(_filled, row)) * _MOSTLY


def _numeric(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows if _filled(row[place])]
    return bool(cells) and all(map(is_number, cells))
