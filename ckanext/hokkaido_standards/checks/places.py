"""Latitude and longitude together: swapped, without their points, outside of the region or of Japan, one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, INDEX, at, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.region import JAPAN, Box
from ckanext.hokkaido_standards.values import Fault
from ckanext.hokkaido_standards.values.places import LATITUDE_DIGITS, LONGITUDE_DIGITS, with_point

__all__ = ["PAIRS", "Places"]

PAIRS = (("latitude", "longitude"), ("address_latitude", "address_longitude"))
_FURTHEST = 1000.0
_LATITUDE, _LONGITUDE = "latitude", "longitude"


class Places:
    """Places by their coordinates; how these are written is checked with the other values."""

    code = "place-region"
    also = ("place-half", "place-japan", "place-point", "place-swapped")

    def check(self, look: Look) -> Iterator[Finding]:
        places = {concept.key: place for place, concept in said(look).items()}
        for one, other in PAIRS:
            if one in places and other in places:
                yield from _pair(look, places[one], places[other])


def _pair(look: Look, latitude: int, longitude: int) -> Iterator[Finding]:
    told: dict[str, int] = {}
    rest: dict[str, Finding] = {}
    for index, north, east in _suspects(look, latitude, longitude).iter_rows():
        for finding in _judged(look, (latitude, longitude), index, (north, east)):
            told[finding.rule] = told.get(finding.rule, 0) + 1
            if look.most is None or told[finding.rule] <= look.most:
                yield finding
            else:
                rest.setdefault(finding.rule, finding)
    for rule, finding in rest.items():
        count = told[rule] - (look.most or 0)
        yield Finding(**{name: getattr(finding, name) for name in Finding.__slots__} | {"count": count})


def _suspects(look: Look, latitude: int, longitude: int) -> pl.DataFrame:
    """Return the records whose coordinates are not two numbers in the region, or two blanks."""
    box = look.region
    texts = [pl.col(str(place)).alias(name) for place, name in ((latitude, _LATITUDE), (longitude, _LONGITUDE))]
    frame = look.table.frame.select(*texts)
    north, east = (pl.col(name).str.strip_chars().cast(pl.Float64, strict=False) for name in (_LATITUDE, _LONGITUDE))
    fine = (north.is_between(box.south, box.north) & east.is_between(box.west, box.east)).fill_null(value=False)
    frame = frame.with_row_index(INDEX).filter(~fine)
    blank = pl.col(_LATITUDE).str.contains(BLANK) & pl.col(_LONGITUDE).str.contains(BLANK)
    return frame.filter(~blank)


def _judged(look: Look, places: tuple[int, int], index: int, texts: tuple[str, str]) -> Iterator[Finding]:
    blank = [not text.strip() for text in texts]
    if any(blank):
        missing = blank.index(True)
        yield at(look, places[missing], index, "", Fault("place-half"))
        return
    numbers = [_number(text) for text in texts]
    if None in numbers:
        return
    found = [at(look, places[which], index, texts[which], fault) for which, fault in _points(texts).items()]
    if found:
        yield from found
        return
    fault = _fault(look.region, numbers[0] or 0.0, numbers[1] or 0.0, texts)
    if fault:
        yield at(look, places[0], index, texts[0], fault)


def _points(texts: tuple[str, str]) -> Mapping[int, Fault]:
    """Return the coordinates that have lost their points, by which of the two they are."""
    ranges = ((JAPAN.south, JAPAN.north), (JAPAN.west, JAPAN.east))
    found = {}
    for which, (text, digits) in enumerate(zip(texts, (LATITUDE_DIGITS, LONGITUDE_DIGITS), strict=True)):
        better = with_point(text, digits)
        if better and float(text) > _FURTHEST and ranges[which][0] <= float(better) <= ranges[which][1]:
            found[which] = Fault("place-point", better)
    return found


def _fault(region: Box, north: float, east: float, texts: tuple[str, str]) -> Fault | None:
    if region.holds(north, east):
        return None
    if JAPAN.holds(east, north):
        return Fault("place-swapped", texts[1], params={"other": texts[1]})
    params = {"latitude": texts[0], "longitude": texts[1]}
    return Fault("place-region" if JAPAN.holds(north, east) else "place-japan", params=params)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


RULES.add(Places.code, Places())
