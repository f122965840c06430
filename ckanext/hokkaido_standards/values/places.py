"""Coordinates in decimal degrees, one by one; what needs both is checked with the rows."""

from __future__ import annotations

import re

from ckanext.hokkaido_standards.values.fault import Fault, form, half_width

__all__ = ["COORDINATE", "LATITUDE_DIGITS", "LONGITUDE_DIGITS", "judge_coordinate", "with_point"]

COORDINATE = r"^-?[0-9]{1,3}\.[0-9]+$"

#: Digits before the point, everywhere in Japan.
LATITUDE_DIGITS, LONGITUDE_DIGITS = 2, 3

_NUMBER = re.compile(r"-?\d+(?:\.\d*)?", re.ASCII)
_PARTS = re.compile(
    r"(?:北緯|東経|[NE])?\s*(?P<d>\d{1,3})[°度](?P<m>\d{1,2}(?:\.\d+)?)['′’分](?:(?P<s>\d{1,2}(?:\.\d+)?)(?:\"|″|”|秒|''|′′))?\s*[NE]?",
    re.ASCII,
)
_MARKED = re.compile(r"(?:北緯|東経|[NE])?\s*(\d{1,3}\.\d+)\s*[°度]?\s*[NE]?", re.ASCII)
_MINUTE = 60


def judge_coordinate(text: str) -> Fault | None:
    """Tell what is wrong with the writing of a latitude or longitude."""
    plain = half_width(text)
    if _NUMBER.fullmatch(plain):
        return form(text, plain.rstrip("."))
    if found := _MARKED.fullmatch(plain):
        return Fault("value-coordinate", found[1])
    found = _PARTS.fullmatch(plain.replace(" ", ""))
    if found is None:
        return Fault("value-coordinate")
    minutes, seconds = float(found["m"]), float(found["s"] or 0)
    if minutes >= _MINUTE or seconds >= _MINUTE:
        return Fault("value-coordinate")
    degrees = int(found["d"]) + minutes / _MINUTE + seconds / _MINUTE**2
    return Fault("value-coordinate", f"{degrees:.6f}")


def with_point(text: str, digits: int) -> str:
    """Return a coordinate whose point was lost, set behind so many digits; nothing where there is one."""
    plain = half_width(text)
    return f"{plain[:digits]}.{plain[digits:]}" if plain.isdigit() and len(plain) > digits + 1 else ""
