"""Numbers: whole ones and others, as people type them with commas, units and full-width digits."""

from __future__ import annotations

import re

from ckanext.hokkaido_standards.values.fault import Fault, half_width

__all__ = ["INTEGER", "NUMBER", "judge_integer", "judge_number", "plain_number", "unit_of"]

NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?$"
INTEGER = r"^-?[0-9]+$"

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_WRITTEN = re.compile(
    r"(?P<about>約|およそ|概ね|推定)?[¥\\]?(?P<number>[-+▲△]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>[^\d.,\s※*†()-]{1,6})?(?P<note>\(?(?:※|\*|†|注)\d{0,2}\)?)?",
    re.ASCII,
)
_WHOLE = re.compile(r"(-?\d+)\.0+")
#: What is no unit but part of the number.
_POWERS = frozenset("十百千万億兆")


def plain_number(text: str) -> tuple[str, bool] | None:
    """Return a number in ASCII digits, and whether nothing of its meaning was left out; nothing for another text."""
    plain = half_width(text)
    found = _WRITTEN.fullmatch(plain.replace(" ", ""))
    if found is None or (found["unit"] and found["unit"][0] in _POWERS):
        return None
    number = found["number"].replace(",", "").lstrip("+")
    return re.sub("^[▲△]", "-", number), not (found["about"] or found["note"])


def unit_of(text: str) -> str:
    """Return the unit that is written behind a number, in half width; nothing where there is none, or no number."""
    found = _WRITTEN.fullmatch(half_width(text).replace(" ", ""))
    return (found["unit"] or "") if found else ""


def judge_number(text: str) -> Fault | None:
    """Tell what is wrong with a number."""
    if _NUMBER.fullmatch(text):
        return None
    found = plain_number(text)
    if found is None:
        return Fault("value-number")
    return Fault("L2-01", found[0], sure=found[1])


def judge_integer(text: str) -> Fault | None:
    """Tell what is wrong with a whole number."""
    fault = judge_number(text)
    number = fault.better if fault else text
    if fault and not number:
        return fault
    if "." not in number:
        return fault
    whole = _WHOLE.fullmatch(number)
    return Fault("value-form", whole[1]) if whole else Fault("value-integer")
