"""The rows of two tables with the same columns compared: which came, which went, which changed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["CellChange", "RowChange", "RowDiff", "compare_rows"]

Row = tuple[str, ...]
_EXAMPLES = 10
#: A column that only numbers the rows says nothing of which row is which.
_NUMBERING = re.compile(r"^(?:no\.?|#|番号|通番|項番|連番|行番号|整理番号)$", re.IGNORECASE)
#: Columns among which a key is looked for, and how many of the values must be in both tables.
_KEY_COLUMNS = 12
_PAIR_COLUMNS = 6
_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a changed row."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A changed row: the values that identify it, and its cells that differ."""

    key: Row
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class RowDiff:
    """What differs, with the first examples; `key` names the columns by which rows are told apart, if there are any."""

    key: Row
    same: int
    added: int
    removed: int
    changed: int
    added_rows: tuple[Row, ...]
    removed_rows: tuple[Row, ...]
    changed_rows: tuple[RowChange, ...]


def compare_rows(headings: Row, before: Sequence[Row], after: Sequence[Row]) -> RowDiff:
    """Compare two tables.

    Rows are told apart by the column, or the pair of columns, whose values are never blank and never twice, and most of
    which both tables have. Where there is none, a row that differs in any cell is one row less and one row more.
    """
    key = _key(headings, before, after)
    if not key:
        return _as_wholes(before, after)
    old = {tuple(row[at] for at in key): row for row in before}
    new = {tuple(row[at] for at in key): row for row in after}
    added, removed = [new[one] for one in new if one not in old], [old[one] for one in old if one not in new]
    changed = [one for one in new if one in old and new[one] != old[one]]
    return RowDiff(
        key=tuple(headings[at] for at in key),
        same=sum(one in old and new[one] == old[one] for one in new),
        added=len(added),
        removed=len(removed),
        changed=len(changed),
        added_rows=tuple(added[:_EXAMPLES]),
        removed_rows=tuple(removed[:_EXAMPLES]),
        changed_rows=tuple(RowChange(one, _cells(headings, old[one], new[one])) for one in changed[:_EXAMPLES]),
    )


def _cells(headings: Row, before: Row, after: Row) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(heading, old, new) for heading, old, new in zip(headings, before, after, strict=True) if old != new
    )


def _key(headings: Row, before: Sequence[Row], after: Sequence[Row]) -> tuple[int, ...]:
    if not before or not after:
        return ()
    telling = [at for at in range(min(len(headings), _KEY_COLUMNS)) if not _NUMBERING.match(headings[at].strip())]
    singles = [(at,) for at in telling]
    pairs = list(itertools.combinations(telling[:_PAIR_COLUMNS], 2))
    for candidates in (singles, pairs):
        shares = {key: _share(key, before, after) for key in candidates}
        best = max(shares, key=lambda key: (shares[key], -sum(key)), default=())
        if best and shares[best] >= _SHARED:
            return best
    return ()


def _share(key: tuple[int, ...], before: Sequence[Row], after: Sequence[Row]) -> float:
    """Return which part of the rows two tables share by a key; nothing for a key that is blank or not unique."""
    sides = []
    for rows in (before, after):
        values = [tuple(row[at] for at in key) for row in rows]
        if len(set(values)) < len(values) or not all(all(value) for value in values):
            return 0.0
        sides.append(set(values))
    return len(sides[0] & sides[1]) / max(len(sides[0]), len(sides[1]))


def _as_wholes(before: Sequence[Row], after: Sequence[Row]) -> RowDiff:
    old, new = Counter(before), Counter(after)
    added, removed = list((new - old).elements()), list((old - new).elements())
    return RowDiff(
        key=(),
        same=(old & new).total(),
        added=len(added),
        removed=len(removed),
        changed=0,
        added_rows=tuple(added[:_EXAMPLES]),
        removed_rows=tuple(removed[:_EXAMPLES]),
        changed_rows=(),
    )
