"""Columns whose kind nobody knows: numbers and dates are written plainly where every value of the column allows it."""

from __future__ import annotations

import re
import unicodedata

from ckanext.hokkaido_standards.checks.columns import BLANK, said
from ckanext.hokkaido_standards.checks.untyped import DASHES, DRESSED, ERA, PLAIN
from ckanext.hokkaido_standards.repair.draft import Draft
from ckanext.hokkaido_standards.repair.registry import REPAIRERS
from ckanext.hokkaido_standards.repair.values import mended
from ckanext.hokkaido_standards.values import judge
from ckanext.hokkaido_standards.values.numbers import plain_number, unit_of

__all__ = ["Eras", "Numbers"]

_YEAR_FIRST = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:年度)?", re.ASCII)


class Numbers:
    """Thousand signs, full-width digits, and a unit that all values share, which the heading keeps."""

    code = "L2-01"
    also = ()

    def repair(self, draft: Draft) -> None:
        for place in _unknown(draft):
            column = draft.frame[str(place)]
            dressed = column.str.contains(DRESSED) & ~column.str.contains(PLAIN)
            if not dressed.any() or not draft.headings[place].strip():
                continue
            blank = column.str.contains(BLANK) | column.str.contains(DASHES)
            texts = column.filter(~blank).unique().to_list()
            units = {unit_of(text) for text in texts}
            numbers = {text: plain_number(text) for text in texts}
            if len(units) == 1 and all(number and number[1] for number in numbers.values()):
                self._write(draft, place, {text: number[0] for text, number in numbers.items() if number}, units.pop())

    def _write(self, draft: Draft, place: int, plain: dict[str, str], unit: str) -> None:
        heading = draft.headings[place]
        if unit and not _tells(heading, unit):
            kept = f"{heading}（{unit}）"
            if not draft.free_heading(kept, place):
                return
            draft.rename(self.code, place, kept)
        draft.replace_values(place, {text: (self.code, better) for text, better in plain.items() if better != text})


class Eras:
    """Dates in an era, where every value of the column is a date."""

    code = "L3-05"
    also = ()

    def repair(self, draft: Draft) -> None:
        for place in _unknown(draft):
            column = draft.frame[str(place)]
            if not column.str.contains(ERA).any():
                continue
            texts = column.filter(~column.str.contains(BLANK)).unique().to_list()
            better = {text: told for text in texts if (told := mended("date", text))}
            if all(text in better or (judge("date", text) is None and _YEAR_FIRST.fullmatch(text)) for text in texts):
                draft.replace_values(place, {text: (self.code, value) for text, (_rule, value) in better.items()})


def _tells(heading: str, unit: str) -> bool:
    """Say whether a heading has a unit already, as 人数 and 面積（㎡） have."""
    plain = unicodedata.normalize("NFKC", heading).strip()
    return plain.endswith((f"{unit}数", f"({unit})", f"[{unit}]"))


def _unknown(draft: Draft) -> list[int]:
    known = said(draft.look())
    return [place for place in range(draft.frame.width) if place not in known]


for _repairer in (Numbers(), Eras()):
    REPAIRERS.add(_repairer.code, _repairer)
