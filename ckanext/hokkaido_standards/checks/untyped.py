"""Columns whose kind nobody knows: numbers with commas and units, and dates in eras, show by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, VALUE, about, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import BLANKS, Fault, judge
from ckanext.hokkaido_standards.values.numbers import NUMBER

__all__ = ["DASHES", "DRESSED", "ERA", "PLAIN", "Untyped"]

#: So large a part of a column must be numbers before the others are told to be no numbers.
_NEARLY_ALL = 0.9
_UNITS = (
    "人", "名", "円", "千円", "百万円", "%", "％", "台", "件", "世帯", "戸", "棟", "㎡", "m2", "m", "ｍ", "㎞", "km",
    "ha", "kg", "㎏", "t", "トン", "個", "基", "箇所", "か所", "ヶ所", "カ所", "床", "席", "本", "冊", "回", "時間",
    "歳", "校",
)  # fmt: skip
DRESSED = (
    r"^\s*[-+▲△－]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?\s*(?:"
    + "|".join(_UNITS)
    + r")?\s*[(（]?(?:[※*＊†注][0-9０-９]{0,2})?[)）]?\s*$"
)
#: Blanks around a number are told of as blanks.
PLAIN = NUMBER.replace("^", r"^\s*").replace("$", r"\s*$")
DASHES = r"^\s*(?:" + "|".join(sorted(BLANKS - {"-"})) + r"|-)\s*$"
_HEADING = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:[0-9０-９]{1,2}|元)年(?:度|[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?)?"
    r"|(?<![A-Za-z0-9])[MTSHR][0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])"
)
_WESTERN = re.compile(r"(?:18|19|20)[0-9]{2}")
ERA = (
    r"^\s*(?:(?:明治|大正|昭和|平成|令和)\s*(?:[0-9０-９]{1,2}|元)(?:年度?|[./．・])"
    r"|[MTSHR][0-9]{1,2}[./][0-9]{1,2}[./][0-9]{1,2}\s*$)"
)


class Untyped:
    """Numbers that are dressed up in a column of numbers, and dates in an era only, in columns without a kind."""

    code = "L2-01"
    also = ("L3-05", "value-dash")

    def check(self, look: Look) -> Iterator[Finding]:
        yield from self._headings(look)
        known = said(look)
        frame = look.table.frame
        places = [place for place in range(frame.width) if place not in known]
        if not places or not frame.height:
            return
        for place in places:
            column = frame[str(place)]
            yield from self._numbers(look, place, column)
            if (mask := column.str.contains(ERA)).any():
                yield from self._judged(look, place, mask, "date", "L3-05")

    def _headings(self, look: Look) -> Iterator[Finding]:
        """Yield headings that name a time in an era, and none of the Western calendar."""
        for place, heading in enumerate(look.table.headings):
            found = None if _WESTERN.search(heading) else _HEADING.search(heading)
            fault = judge("date", found[0]) if found else None
            if fault is not None and fault.rule == "L3-05":
                yield about(look, "L3-05", place, better=fault.better)

    def _numbers(self, look: Look, place: int, column: pl.Series) -> Iterator[Finding]:
        plain = column.str.contains(PLAIN)
        if plain.all():
            return
        blank, dashes = column.str.contains(BLANK), column.str.contains(DASHES)
        dressed = ~plain & ~dashes & column.str.contains(DRESSED)
        numbers = plain.sum() + dressed.sum()
        if not numbers or numbers < _NEARLY_ALL * (column.len() - blank.sum() - dashes.sum()):
            return
        if dressed.any():
            yield from self._judged(look, place, dressed, "number", self.code)
        if dashes.any():
            yield from self._judged(look, place, dashes, "number", "value-dash")

    def _judged(self, look: Look, place: int, mask: pl.Series, kind: str, rule: str) -> Iterator[Finding]:
        found = cells(look.table.frame, place, mask)
        judged = ((value, judge(kind, value)) for value in found[VALUE].unique())
        # A column that nobody knows is left to people: what it says may be meant so.
        faults = {value: Fault(rule, fault.better, sure=False) for value, fault in judged if _is(fault, rule)}
        yield from listed(look, place, found, faults)


def _is(fault: Fault | None, rule: str) -> bool:
    return fault is not None and fault.rule == rule


RULES.add(Untyped.code, Untyped())
