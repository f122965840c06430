"""The code of a row against the municipality that its name or its address names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import polars as pl

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.checks.columns import BLANK, INDEX, VALUE, at, place_of
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault
from ckanext.hokkaido_standards.values.codes import known_codes, prefecture_names

__all__ = ["CodeAndPlace"]

_CODE, _NAME = "code", "name"
#: Texts that are repeated so often are looked at once each.
_SELDOM = 4
_PREFECTURE_END = "000"


class CodeAndPlace:
    """Rows whose code belongs to another municipality, or prefecture, than their name or address.

    Names of municipalities are known of Hokkaido, of elsewhere those of the prefectures.
    """

    code = "row-municipality"

    def check(self, look: Look) -> Iterator[Finding]:
        seat = self._filled(look, "seat_localgov_code")
        publisher = place_of(look, "localgov_code")
        address = self._filled(look, "address") or place_of(look, "address_city")
        pairs = ((publisher, place_of(look, "localgov_name")), (publisher if seat is None else seat, address))
        for code, place in pairs:
            if code is not None and place is not None:
                yield from self._pair(look, code, place)

    def _filled(self, look: Look, key: str) -> int | None:
        place = place_of(look, key)
        if place is None or look.table.frame[str(place)].str.contains(BLANK).all():
            return None
        return place

    def _pair(self, look: Look, code: int, place: int) -> Iterator[Finding]:
        columns = (pl.col(str(code)).alias(_CODE), pl.col(str(place)).alias(VALUE))
        frame = look.table.frame.select(*columns).with_row_index(INDEX)
        named = pl.coalesce(pl.col(VALUE).str.extract(pattern, 1) for pattern in _patterns()).alias(_NAME)
        texts = frame.select(pl.col(VALUE).unique())
        if texts.height * _SELDOM < frame.height:
            frame = frame.join(texts.with_columns(named), on=VALUE, maintain_order="left")
        else:
            frame = frame.with_columns(named)
        frame = frame.drop_nulls(_NAME)
        pairs = frame.select(_CODE, _NAME).unique(maintain_order=True)
        wrong = {pair: fault for pair in pairs.iter_rows() if (fault := self._fault(*pair))}
        if not wrong:
            return
        listed = pl.DataFrame(list(wrong), schema=[_CODE, _NAME], orient="row")
        found = frame.join(listed, on=[_CODE, _NAME], maintain_order="left")
        most = found.height if look.most is None else look.most
        told = found.select(INDEX, _CODE, _NAME, VALUE).head(most + 1)
        for number, (index, of, name, value) in enumerate(told.iter_rows()):
            count = found.height - number if number == most else 1
            yield at(look, place, index, value, wrong[of, name], count)

    def _fault(self, code: str, named: str) -> Fault | None:
        try:
            reading = read_code(code, known_codes())
        except InvalidCode:
            return None
        own = reading.code
        if reading.alternative is not None and own not in known_codes():
            return None
        found = _codes()[named]
        if own[:2] != found[:2] and named not in prefecture_names():
            # Towns of other prefectures have the names of Hokkaido's: 池田町, 森町, 伊達市.
            return None
        if own.endswith(_PREFECTURE_END, 2, 5) or found.endswith(_PREFECTURE_END, 2, 5) or own not in _names():
            same = own[:2] == found[:2]
        else:
            same = _city(own) == _city(found)
        if same:
            return None
        name = _names().get(own) or _names().get(_prefecture(own[:2]), own)
        return Fault(self.code, params={"name": name, "other": named})


@cache
def _names() -> Mapping[str, str]:
    return {item.code: item.ja for name in ("prefectures", "municipalities", "wards") for item in vocabulary(name)}


@cache
def _codes() -> Mapping[str, str]:
    return {name: code for code, name in _names().items()}


@cache
def _prefecture(number: str) -> str:
    return next((item.code for item in vocabulary("prefectures") if item.code.startswith(number)), "")


@cache
def _city(code: str) -> str:
    """Return the city of a ward, else the code itself."""
    ward = vocabulary("wards").get(code)
    return ward["city"] if ward else code


@cache
def _patterns() -> tuple[str, ...]:
    """Return patterns of the municipality, else the prefecture, that an address begins with."""
    longest_first = sorted((item.ja for item in vocabulary("municipalities")), key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    prefectures = "|".join(item.ja for item in vocabulary("prefectures"))
    return rf"^\s*(?:北海道)?\s*(?:[^\s0-9市町村]{{1,4}}郡)?\s*({names})", rf"^\s*({prefectures})"


RULES.add(CodeAndPlace.code, CodeAndPlace())
