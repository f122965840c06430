"""Columns that are rows laid on their side: one for each year, month or term, or for each number of a series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ckanext.hokkaido_core.domain.eras import NotADate, read_span
from ckanext.hokkaido_standards.checks.columns import about, joined
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding

__all__ = ["SideBySide"]

#: So many columns for years or months are a table laid on its side; so many for the numbers of a series.
_MANY, _MANY_NUMBERED = 3, 4
_PERIOD = re.compile(
    r"(?:1[0-2]|0?[1-9])月|[MTSHR][0-9]{1,2}|第?[0-9]{1,3}(?:回|期|四半期|半期|クール)|[1-4]Q|Q[1-4]|[上下前後]半?期"
)
_NUMBERED = re.compile(r"(?P<name>.*?[^0-9\s_-])[\s_-]*[0-9]{1,3}")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class SideBySide:
    """Years, months or terms, or numbers of a series, that stand side by side instead of one below the other."""

    code = "L3-09"
    also = ("heading-series",)

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.form is not None:
            return
        headings = [heading.translate(_FULL_WIDTH).strip() for heading in look.table.headings]
        times = [heading for heading in headings if any(map(_is_time, (heading, *heading.split("_"))))]
        if len({part for heading in times for part in heading.split("_") if _is_time(part)}) >= _MANY:
            yield about(look, self.code, names=joined(times), number=len(times))
            return
        for names in _series(headings):
            yield about(look, "heading-series", names=joined(names), number=len(names))


def _series(headings: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the headings that are the same but for a number at their end."""
    by_name: dict[str, list[str]] = {}
    for heading in headings:
        if found := _NUMBERED.fullmatch(heading):
            by_name.setdefault(found["name"], []).append(heading)
    yield from (names for names in by_name.values() if len(set(names)) >= _MANY_NUMBERED)


def _is_time(heading: str) -> bool:
    if _PERIOD.fullmatch(heading):
        return True
    try:
        span = read_span(heading)
    except NotADate:
        return False
    return span.start != span.end


RULES.add(SideBySide.code, SideBySide())
