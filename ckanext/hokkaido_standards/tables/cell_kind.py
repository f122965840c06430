"""What a cell looks like: a number, a sentence, or something that may head a column."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["is_label_row", "is_number", "numbers_in"]

_NUMBER = re.compile(
    r"[▲△<〈(（+\-−]*[0-9][0-9,]*(\.[0-9]+)?[%)）>〉]*|[-−ー―…*]+|#[A-Z/0!?]+"
    r"|[0-9]{1,4}([/.:\-年月時][0-9]{1,2}){1,2}[日分]?([ T].*)?"
)
#: Longer than this, or with a full stop, is a sentence and no heading.
_SENTENCE = 60
#: So large a part of a row may be anything but labels.
_LABELS = 0.7
_PLACES_OF_A_SERIES = 3
#: Years are a series from two on.
_FEWEST, _YEARS = 2, range(1868, 2101)


@lru_cache(maxsize=65536)
def is_number(text: str) -> bool:
    """Say whether a cell holds a number, a date, or a mark for nothing."""
    return bool(_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def numbers_in(cells: Sequence[str]) -> int:
    """Return how many cells hold numbers."""
    return sum(1 for cell in cells if cell.strip() and is_number(cell))


def is_label_row(cells: Sequence[str], *, least: float = _LABELS) -> bool:
    """Say whether a row may be one of headings: words, or numbers that go on by steps such as years and ages."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return False
    numbers = [cell for cell in filled if is_number(cell)]
    words = [cell for cell in filled if not is_number(cell)]
    short = sum(len(word) <= _SENTENCE and "。" not in word for word in words)
    if words and _is_series(numbers):
        short += len(numbers)
    return short >= len(filled) * least


def _is_series(numbers: Sequence[str]) -> bool:
    if len(numbers) < _FEWEST or not all(one.isdecimal() for one in numbers):
        return False
    values = [int(one) for one in numbers]
    if len(values) < _PLACES_OF_A_SERIES and not all(value in _YEARS for value in values):
        return False
    steps = {after - before for before, after in itertools.pairwise(values)}
    return len(steps) == 1 and steps != {0}
