"""Comparing the headings found with the headings expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.text import comparison_key

__all__ = ["Alignment", "Expected", "align"]

#: The very heading counts more than an office's own wording in a column that is free for it.
_SAME, _FREE, _BLANK = 4, 1, 1


@dataclass(frozen=True, slots=True)
class Expected:
    """One column that should be there: its column number from 1, its words, and whether other words may stand there."""

    column: int
    text: str
    free: bool = False


@dataclass(slots=True)
class Alignment:
    """Which found column is which expected one.

    `columns` maps the expected column to the found one; `missing` are expected headings without a column, `unknown`
    found columns without a place, `replaced` pairs of both in the same place. All columns are counted from 1.
    """

    columns: dict[int, int] = field(default_factory=dict)
    missing: list[Expected] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    replaced: list[tuple[Expected, int]] = field(default_factory=list)


def align(expected: Sequence[Expected], found: Sequence[str]) -> Alignment:
    """Return the best order-keeping match of expected columns with the found headings.

    One inserted or deleted column is thus one finding, not one for every column to the right of it. `found` holds the
    heading of each column from the first on, an empty text where there is none.
    """
    keys = [comparison_key(text) for text in found]
    steps = _backwards(expected, keys)
    result = Alignment()
    at, place = 0, 0
    while at < len(expected) or place < len(keys):
        score = _score(expected[at], keys[place]) if at < len(expected) and place < len(keys) else 0
        if score and steps[at][place] == score + steps[at + 1][place + 1]:
            result.columns[expected[at].column] = place + 1
            at, place = at + 1, place + 1
        elif at < len(expected) and steps[at][place] == steps[at + 1][place]:
            result.missing.append(expected[at])
            at += 1
        else:
            result.unknown.append(place + 1)
            place += 1
    _pair(result, keys)
    return result


def _score(expected: Expected, key: str) -> int:
    wanted = comparison_key(expected.text)
    if not wanted or not key:
        return _BLANK if wanted == key else 0
    if key.startswith(wanted):
        return _SAME
    return _FREE if expected.free else 0


def _backwards(expected: Sequence[Expected], keys: Sequence[str]) -> list[list[int]]:
    """Return the best score reachable from each pair of positions to the ends."""
    steps = [[0] * (len(keys) + 1) for _ in range(len(expected) + 1)]
    for at in range(len(expected) - 1, -1, -1):
        for place in range(len(keys) - 1, -1, -1):
            score = _score(expected[at], keys[place])
            taken = score + steps[at + 1][place + 1] if score else 0
            steps[at][place] = max(taken, steps[at + 1][place], steps[at][place + 1])
    return steps


def _pair(result: Alignment, keys: Sequence[str]) -> None:
    """Say “is another heading” where one is missing and another stands in its place; blanks are nobody's fault."""
    result.missing = [item for item in result.missing if item.text]
    result.unknown = [column for column in result.unknown if keys[column - 1]]
    for item in list(result.missing):
        before = max((found for column, found in result.columns.items() if column < item.column), default=0)
        after = min((found for column, found in result.columns.items() if column > item.column), default=len(keys) + 1)
        between = [column for column in result.unknown if before < column < after]
        if between:
            result.missing.remove(item)
            result.unknown.remove(between[0])
            result.replaced.append((item, between[0]))
