"""Codes with check digits, and official names of areas."""

from __future__ import annotations

import re
from functools import cache

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_schema.shared import InvalidCorporateNumber, read_corporate_number, vocabulary
from ckanext.hokkaido_standards.values.fault import Fault, form, half_width

__all__ = [
    "CHOAZA_ID",
    "MUNICIPALITY_NAME",
    "NOTHING",
    "judge_choaza_id",
    "judge_corporate_number",
    "judge_municipality_code",
    "judge_municipality_name",
    "judge_prefecture_name",
    "known_codes",
    "official_name",
    "prefecture_names",
]

#: A pattern that nothing fits: every value is judged, which for codes are few different ones.
NOTHING = r"^[^\s\S]$"
CHOAZA_ID = r"^[0-9]{7}$"
MUNICIPALITY_NAME = r"(?:[市区町村都道府県]|組合|連合)$"

_LENGTH = 7
_DIGITS = re.compile(r"\d{1,7}", re.ASCII)
_MUNICIPALITY = re.compile(MUNICIPALITY_NAME)


@cache
def known_codes() -> frozenset[str]:
    """Return the six-digit codes that the vocabularies hold: Hokkaido's municipalities and wards, all prefectures."""
    return frozenset().union(*(vocabulary(name).codes for name in ("municipalities", "wards", "prefectures")))


@cache
def prefecture_names() -> frozenset[str]:
    """Return the names of the prefectures."""
    return frozenset(item.ja for item in vocabulary("prefectures"))


@cache
def _municipality_names() -> dict[str, str]:
    return {item.ja[:-1]: item.ja for item in vocabulary("municipalities")}


@cache
def _short_prefectures() -> dict[str, str]:
    return {name[:-1]: name for name in prefecture_names()}


def official_name(text: str) -> str:
    """Return the official name of an area of which a text is the short one; nothing for any other text."""
    return _municipality_names().get(text) or _short_prefectures().get(text, "")


def judge_municipality_code(text: str) -> Fault | None:
    """Tell what is wrong with a six-digit code of a local government."""
    try:
        reading = read_code(text, known_codes())
    except InvalidCode as error:
        if error.expected:
            return Fault("value-code-check", params={"expected": error.expected})
        return Fault("value-code")
    if reading.alternative is not None and reading.code not in known_codes():
        # Two bodies may be meant, and this portal knows neither.
        return Fault("value-code")
    return form(text, reading.code, "value-code-form")


def judge_corporate_number(text: str) -> Fault | None:
    """Tell what is wrong with a corporate number of thirteen digits."""
    try:
        return form(text, read_corporate_number(text))
    except InvalidCorporateNumber as error:
        return Fault("value-corporate-check" if error.reason == "check" else "value-corporate")


def judge_choaza_id(text: str) -> Fault | None:
    """Tell what is wrong with the identifier of a town block, seven digits of the address base registry."""
    plain = half_width(text)
    return form(text, plain.zfill(_LENGTH)) if _DIGITS.fullmatch(plain) else Fault("value-choaza")


def judge_prefecture_name(text: str) -> Fault | None:
    """Tell what is wrong with the name of a prefecture."""
    plain = text.strip()
    better = plain if plain in prefecture_names() else _short_prefectures().get(plain, "")
    return form(text, better, "L3-06" if better != plain else "value-form") if better else Fault("L3-06")


def judge_municipality_name(text: str) -> Fault | None:
    """Tell what is wrong with the name of a municipality, or of a body of several."""
    plain = text.strip()
    if _MUNICIPALITY.search(plain):
        return form(text, plain)
    return Fault("L3-06", _municipality_names().get(plain, ""))
