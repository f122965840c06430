"""A long table in little memory: one number for each row, and one for each cell that may tell the rows apart."""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Key", "Marks", "Row", "key_of", "marks_of"]

Row = tuple[str, ...]
#: Columns that tell rows apart.
Key = tuple[int, ...]

#: A column that only numbers the rows says nothing of which row is which.
_NUMBERING = re.compile(r"^(?:no\.?|#|番号|通番|項番|連番|行番号|整理番号)$", re.IGNORECASE)
#: Columns among which a key is looked for, and how many of the values must be in both tables.
_KEY_COLUMNS = 12
_PAIR_COLUMNS = 6
_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks (64 bits, of this process only) of the rows of a table, and of the cells of the columns without a blank."""

    rows: array[int]
    columns: dict[int, array[int]]

    def of_key(self, key: Key) -> Sequence[int]:
        """Return a mark for what each row has in the columns of a key."""
        if len(key) == 1:
            return self.columns[key[0]]
        return array("q", map(hash, zip(*(self.columns[at] for at in key), strict=True)))


def marks_of(headings: Row, rows: Iterable[Row]) -> Marks:
    """Read a table once."""
    wholes = array("q")
    columns = {at: array("q") for at in _telling(headings)}
    for row in rows:
        wholes.append(hash(row))
        blank = []
        for at, marks in columns.items():
            if row[at]:
                marks.append(hash(row[at]))
            else:
                blank.append(at)
        for at in blank:
            del columns[at]
    return Marks(wholes, columns)


def key_of(headings: Row, before: Marks, after: Marks) -> Key:
    """Return the column, or the pair of columns, by which rows of two tables are told apart; nothing without one.

    Its values are never blank and never twice in a table, and most of them stand in both.
    """
    if not before.rows or not after.rows:
        return ()
    telling = [at for at in _telling(headings) if at in before.columns and at in after.columns]
    singles = [(at,) for at in telling]
    first = set(_telling(headings)[:_PAIR_COLUMNS])
    pairs = itertools.combinations([at for at in telling if at in first], 2)
    for candidates in (singles, pairs):
        shares = {key: _share(key, before, after) for key in candidates}
        best = max(shares, key=lambda key: (shares[key], -sum(key)), default=())
        if best and shares[best] >= _SHARED:
            return best
    return ()


def _telling(headings: Row) -> list[int]:
    return [at for at, heading in enumerate(headings[:_KEY_COLUMNS]) if not _NUMBERING.match(heading.strip())]


def _share(key: Key, before: Marks, after: Marks) -> float:
    """Return which part of the rows two tables share by a key; nothing for a key that is not unique."""
    sides = []
    for marks in (before, after):
        values = set(marks.of_key(key))
        if len(values) < len(marks.rows):
            return 0.0
        sides.append(values)
    return len(sides[0] & sides[1]) / max(len(sides[0]), len(sides[1]))
