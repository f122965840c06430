"""Texts: blanks and line breaks for looks, characters that not every computer has, errors of formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import polars as pl

from ckanext.hokkaido_standards.checks.columns import VALUE, about, cells, free, listed, shortened
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import ERRORS, VALUES, Fault

__all__ = ["SPACED_HEADING", "OtherCharacters", "Spacing"]

#: At an end, two or more at once, a line break, or between single characters as in 札　幌　市.
_SPACING = (
    r"^\s+\S|\S\s+$|\S[ 　\t]{2,}\S|\S\s*[\r\n]\s*\S|^[一-鿿々ぁ-ヿ](?:[ 　]+[一-鿿々ぁ-ヿ]){2,}$"
    r"|^[合総小累][ 　]+[計数]$"
)
#: A name may have two characters with a blank between them, a heading has none.
SPACED_HEADING = re.compile(_SPACING.replace("{2,}$", "{1,}$"))
_INSIDE = r"[\r\n]|[ 　\t]{2,}|^\S(?:[ 　]+\S)+$"
_LINE_BREAK = re.compile(r"[\r\n]")
#: A longer text with line breaks is one with paragraphs.
_SHORT = 40
#: Unicode has two characters for these, by the table that a text was decoded with.
_TWINS = "～－∥￠￡￢―〜−‖¢£¬—"
_LARGE = 5_000
_HIGHEST = 0x10000
_SURROGATES = range(0xD800, 0xE000)
_LEFT_ALONE = "\t\n\r"
#: Letters, and marks that stand on them.
_OF_WORDS = "LM"


class Spacing:
    """Blanks and line breaks that serve the looks alone, in headings and texts."""

    code = "L1-06"

    def check(self, look: Look) -> Iterator[Finding]:
        for place, heading in enumerate(look.table.headings):
            if SPACED_HEADING.search(heading):
                yield about(look, self.code, place, repairable=True)
        frame = look.table.frame
        places = free(look, VALUES)
        masks = frame.select(pl.col(str(place)).str.contains(_SPACING) for place in places)
        for place in places:
            if masks[str(place)].any():
                found = cells(frame, place, masks[str(place)])
                wrong = {value: _spacing(value) for value in found[VALUE].unique() if not _has_paragraphs(value)}
                yield from listed(look, place, found, wrong)


class OtherCharacters:
    """Characters that JIS X 0208 lacks, and what a spreadsheet leaves where a formula failed.

    Letters are told apart from symbols: the official rule allows them where a name needs them.
    """

    code = "L1-08"
    also = ("value-error", "value-letter")

    def check(self, look: Look) -> Iterator[Finding]:
        for place, heading in enumerate(look.table.headings):
            if fault := _character_fault(heading):
                yield about(look, fault.rule, place, **fault.params)
        frame = look.table.frame
        places = free(look, VALUES)
        # Making the pattern ready takes longer than looking at the values of a small table one by one.
        pattern = f"^#|{_unknown()}" if frame.height > _LARGE else r"^#|[^\x00-\x7f]"
        masks = frame.select(pl.col(str(place)).str.contains(pattern) for place in places)
        for place in places:
            if masks[str(place)].any():
                found = cells(frame, place, masks[str(place)])
                judged = ((value, _character_fault(value)) for value in found[VALUE].unique())
                yield from listed(look, place, found, {value: fault for value, fault in judged if fault})


def _spacing(value: str) -> Fault:
    """Only what stands around a value is surely no part of it."""
    return Fault(Spacing.code, value.strip(), sure=not re.search(_INSIDE, value.strip()))


def _has_paragraphs(value: str) -> bool:
    plain = value.strip()
    return plain == value and len(value) > _SHORT and bool(_LINE_BREAK.search(value))


def _character_fault(value: str) -> Fault | None:
    if value.strip() in ERRORS:
        return Fault("value-error")
    other = list(dict.fromkeys(character for character in value if not _is_known(character)))
    symbols = [character for character in other if unicodedata.category(character)[0] not in _OF_WORDS]
    rule = OtherCharacters.code if symbols else "value-letter"
    return Fault(rule, params={"characters": shortened("".join(symbols or other))}) if other else None


@cache
def _is_known(character: str) -> bool:
    if character in _TWINS or character in _LEFT_ALONE:
        return True
    try:
        return bool(character.encode("shift_jis"))
    except UnicodeEncodeError:
        return False


@cache
def _unknown() -> str:
    """Return a pattern of a character that JIS X 0208 lacks."""
    codes = (code for code in range(ord(" "), _HIGHEST) if code not in _SURROGATES)
    known = sorted({code for code in codes if _is_known(chr(code))} | set(map(ord, _LEFT_ALONE)))
    runs: list[tuple[int, int]] = []
    for code in known:
        if runs and runs[-1][1] == code - 1:
            runs[-1] = (runs[-1][0], code)
        else:
            runs.append((code, code))
    return "[^" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in runs) + "]"


for _rule in (Spacing(), OtherCharacters()):
    RULES.add(_rule.code, _rule)
