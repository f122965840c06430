"""The rows of two tables with the same columns compared: which came, which went, which changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_schema.domain.row_marks import Key, Marks, Row, key_of, marks_of

__all__ = ["CellChange", "RowChange", "RowDiff", "compare_rows"]

_EXAMPLES = 10
#: An example is for reading; a cell may be as long as a book.
_LONGEST_CELL = 2000


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
    rows_before: int
    rows_after: int
    same: int
    added: int
    removed: int
    changed: int
    added_rows: tuple[Row, ...]
    removed_rows: tuple[Row, ...]
    changed_rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Numbers of rows: of the old table, of the new one, of both; each changed row as it was and as it is."""

    added: Sequence[int]
    removed: Sequence[int]
    changed: Sequence[tuple[int, int]]


def compare_rows(headings: Row, before: Iterable[Row], after: Iterable[Row]) -> RowDiff:
    """Compare two tables, which are read twice from their beginnings and never held whole.

    Rows are told apart by the column, or the pair of columns, whose values are never blank and never twice, and most of
    which both tables have. Where there is none, a row that differs in any cell is one row less and one row more.

    :param before: rows as wide as the headings; what can be iterated again, as a list.
    """
    old, new = marks_of(headings, before), marks_of(headings, after)
    key = key_of(headings, old, new)
    found = _by_key(key, old, new) if key else _as_wholes(old, new)
    changed = found.changed[:_EXAMPLES]
    old_rows = _rows(before, [*found.removed[:_EXAMPLES], *(one for one, _ in changed)])
    new_rows = _rows(after, [*found.added[:_EXAMPLES], *(one for _, one in changed)])
    return RowDiff(
        key=tuple(headings[at] for at in key),
        rows_before=len(old.rows),
        rows_after=len(new.rows),
        same=len(new.rows) - len(found.added) - len(found.changed),
        added=len(found.added),
        removed=len(found.removed),
        changed=len(found.changed),
        added_rows=tuple(new_rows[at] for at in found.added[:_EXAMPLES] if at in new_rows),
        removed_rows=tuple(old_rows[at] for at in found.removed[:_EXAMPLES] if at in old_rows),
        changed_rows=tuple(
            RowChange(tuple(new_rows[at][column] for column in key), _cells(headings, old_rows[was], new_rows[at]))
            for was, at in changed
            if was in old_rows and at in new_rows
        ),
    )


def _by_key(key: Key, before: Marks, after: Marks) -> _Found:
    old = {mark: at for at, mark in enumerate(before.of_key(key))}
    added, changed, kept = [], [], set()
    for at, mark in enumerate(after.of_key(key)):
        was = old.get(mark)
        if was is None:
            added.append(at)
            continue
        kept.add(was)
        if before.rows[was] != after.rows[at]:
            changed.append((was, at))
    return _Found(added, [at for at in range(len(before.rows)) if at not in kept], changed)


def _as_wholes(before: Marks, after: Marks) -> _Found:
    return _Found(_more(after.rows, before.rows), _more(before.rows, after.rows), ())


def _more(rows: Iterable[int], others: Iterable[int]) -> list[int]:
    """Return the places of the rows that stand here more often than there."""
    left, found = Counter(others), []
    for at, mark in enumerate(rows):
        if left[mark]:
            left[mark] -= 1
        else:
            found.append(at)
    return found


def _rows(rows: Iterable[Row], wanted: Sequence[int]) -> dict[int, Row]:
    """Return the rows with these numbers; what is gone meanwhile is missing."""
    found: dict[int, Row] = {}
    left = set(wanted)
    if not left:
        return found
    for at, row in enumerate(rows):
        if at in left:
            found[at] = tuple(map(_cut, row))
            left.remove(at)
            if not left:
                break
    return found


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else f"{cell[:_LONGEST_CELL]}…"


def _cells(headings: Row, before: Row, after: Row) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(heading, old, new) for heading, old, new in zip(headings, before, after, strict=True) if old != new
    )
