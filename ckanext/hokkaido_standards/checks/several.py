"""Cells that hold more than one value, in columns of no kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import VALUE, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault

__all__ = ["Several"]

_NUMBER = r"[-▲△]?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
#: A number with another one in brackets, or numbers one after the other.
_FIGURES = rf"^\s*{_NUMBER}\s*(?:[（(]\s*{_NUMBER}\s*[）)]|(?:\s*[\n、;；／]\s*{_NUMBER})+)\s*$"
_EACH = re.compile(_NUMBER)
_SIGNS = [*"、,，;；／\n（("]
#: A dot stands inside of names: 文化・観光・スポーツ部.
_SEPARATED = "[、,，;；／\n]"
_SEPARATOR = re.compile(rf"\s*{_SEPARATED}\s*")
#: A list is told by its parts: so many of them, short, each of them in other cells too.
_FEWEST_PARTS, _FEWEST_LISTS, _LONGEST_PART, _OFTEN, _MOSTLY = 3, 3, 15, 2, 0.8
_SAMPLE = 2_000


class Several:
    """Several numbers in one cell, and lists of words that other rows of the column repeat.

    A column of a standard data set may be one of lists, and a sentence has commas: neither is told.
    """

    code = "value-several"

    def check(self, look: Look) -> Iterator[Finding]:
        known, frame = said(look), look.table.frame
        places = [place for place in range(frame.width) if place not in known]
        # Most columns have none of these signs, which is told faster than by the patterns.
        maybe = frame.select(pl.col(str(place)).str.contains_any(_SIGNS).any() for place in places)
        for place in (place for place in places if maybe[str(place)].any()):
            column = frame[str(place)]
            mask = column.str.contains(_FIGURES)
            if mask.any():
                faults = {value: _fault(len(_EACH.findall(value))) for value in column.filter(mask).unique()}
                yield from listed(look, place, cells(frame, place, mask), faults)
            elif faults := _lists(column):
                yield from listed(look, place, cells(frame, place, pl.col(VALUE).is_in(list(faults))), faults)


def _fault(number: int) -> Fault:
    return Fault("value-several", params={"number": number})


def _lists(column: pl.Series) -> dict[str, Fault]:
    """Return the cells of a column that are lists of what other cells say, too."""
    texts = column.filter(column.str.contains(_SEPARATED))
    lists = {text: _parts(text) for text in texts.head(_SAMPLE) if len(_parts(text)) >= _FEWEST_PARTS}
    if sum(map(len, lists.values())) == 0 or texts.head(_SAMPLE).is_in(list(lists)).sum() < _FEWEST_LISTS:
        return {}
    # A sentence that stands in several cells repeats as a whole.
    counted = Counter(part for text in column.head(_SAMPLE).unique() for part in set(_parts(text)))
    parts = [part for of_list in lists.values() for part in of_list]
    short = all(len(part) <= _LONGEST_PART for part in parts)
    often = sum(counted[part] >= _OFTEN for part in parts) >= len(parts) * _MOSTLY
    return {text: _fault(len(of_list)) for text, of_list in lists.items()} if short and often else {}


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(text.strip()) if part]


RULES.add(Several.code, Several())
