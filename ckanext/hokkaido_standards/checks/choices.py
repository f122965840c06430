"""Columns of choices: values that are written in several ways, and the free text of "other" among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.checks.columns import VALUE, cells, free, listed
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import VALUES, Fault

__all__ = ["OtherDetail", "Variants"]

#: A column that repeats so few values is one of choices, where there are enough rows to tell.
_MOST_CHOICES, _FEWEST_ROWS, _SAMPLE = 20, 10, 1_000
_OTHER = r"^\s*その他\s*[（(：:・、,　 ].*[^）)\s]"
_MARK = re.compile(r"[※*][0-9]{0,2}$")
#: What is written behind Chinese characters or left out: 取組済み, 取り組み済. Others change what a word says.
_ENDINGS = re.compile("(?<=[一-鿿])[りみきけめれいしちびぎげえ](?=[一-鿿]|$)")
_YES_AND_NO = {"あり": "有", "有": "有", "なし": "無", "無": "無"}


class Variants:
    """Values of a few that a column repeats, that differ in width, case, blanks, word endings or a mark alone."""

    code = "value-variants"

    def check(self, look: Look) -> Iterator[Finding]:
        for place, column in _choices(look):
            if wrong := _variants(column):
                found = cells(look.table.frame, place, pl.col(VALUE).is_in(list(wrong)))
                yield from listed(look, place, found, wrong)


class OtherDetail:
    """Free text that stands in one cell with the choice "other"."""

    code = "value-other-detail"

    def check(self, look: Look) -> Iterator[Finding]:
        frame = look.table.frame
        if frame.height < _FEWEST_ROWS:
            return
        places = free(look, VALUES)
        maybe = frame.select(pl.col(str(place)).str.contains("その他", literal=True).any() for place in places)
        for place in (place for place in places if maybe[str(place)][0]):
            mask = frame[str(place)].str.contains(_OTHER)
            # Beside it there are choices, which repeat.
            if mask.any() and _repeats(frame[str(place)].filter(~mask)):
                found = cells(frame, place, mask)
                yield from listed(look, place, found, dict.fromkeys(found[VALUE].unique(), Fault(self.code)))


def _choices(look: Look) -> Iterator[tuple[int, pl.Series]]:
    """Yield the columns of choices: those whose values are few, and of no kind."""
    frame = look.table.frame
    if frame.height < _FEWEST_ROWS:
        return
    for place in free(look, VALUES):
        column = frame[str(place)]
        if column.head(_SAMPLE).n_unique() <= _MOST_CHOICES and column.n_unique() <= _MOST_CHOICES:
            yield place, column


def _repeats(column: pl.Series) -> bool:
    filled = column.filter(column.str.contains(r"\S"))
    return 0 < filled.n_unique() <= min(_MOST_CHOICES, filled.len() / 2)


def _variants(column: pl.Series) -> dict[str, Fault]:
    """Return the rarer ways of writing a value, and the usual one."""
    usual: dict[str, str] = {}
    wrong = {}
    for value, _count in column.value_counts(sort=True).iter_rows():
        plain = value.strip()
        first = usual.setdefault(_key(plain), plain)
        if plain != first:
            wrong[value] = Fault(Variants.code, first, sure=False)
    return wrong


def _key(text: str) -> str:
    key = _ENDINGS.sub("", _MARK.sub("", comparison_key(text)) or text)
    return _YES_AND_NO.get(key, key)


for _rule in (Variants(), OtherDetail()):
    RULES.add(_rule.code, _rule)
