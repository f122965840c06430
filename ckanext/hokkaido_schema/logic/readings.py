"""Validators that read what people type as it is meant, and note what they mended; the rules live in `domain`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.eras import NotADate, read_date, read_span
from ckanext.hokkaido_schema.domain.access import is_closed
from ckanext.hokkaido_schema.domain.corporate_number import InvalidNumber, read_number
from ckanext.hokkaido_schema.domain.words import frequency
from ckanext.hokkaido_schema.known_words import codes
from ckanext.hokkaido_schema.logic import repairs
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_access_conditions",
    "hokkaido_corporate_number",
    "hokkaido_date",
    "hokkaido_date_end",
    "hokkaido_date_start",
    "hokkaido_frequency",
    "hokkaido_local_government_code",
]


def _(text: str) -> str:
    return tk._(text)


def hokkaido_local_government_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Mend a code of four to six digits to the six digits of the official list."""
    known = vocabulary("municipalities").codes | vocabulary("prefectures").codes
    _read(key, data, "code", lambda text: _code(text, known))


def area_code(text: str, key: FlattenKey) -> str:
    """Return the code of an area, mended where it must be, with the repair noted.

    :raises Invalid: when it is no code.
    """
    known = vocabulary("areas").codes
    if text in known:
        return text
    code = _code(text, known)
    repairs.note(key, text, code, "code")
    return code


def _code(text: str, known: frozenset[str]) -> str:
    try:
        return read_code(text, known).code
    except InvalidCode as error:
        if error.expected:
            message = _("The check digit of the code “{code}” is wrong. Did you mean {expected}?")
        else:
            message = _("“{code}” is not a local government code. Write six digits, such as 011002 for Sapporo.")
        raise tk.Invalid(message.format(code=text, expected=error.expected)) from error


def hokkaido_corporate_number(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Accept a corporate number (法人番号) with a right check digit."""
    _read(key, data, "corporate_number", _corporate_number)


def _corporate_number(text: str) -> str:
    try:
        return read_number(text)
    except InvalidNumber as error:
        message = {
            "length": _("“{text}” is not a corporate number, which has 13 digits."),
            "check": _("The check digit of “{text}” is wrong. Compare it with the notice of the corporate number."),
        }.get(error.reason, _("“{text}” is not a corporate number. Write its 13 digits, such as 7000020010006."))
        raise tk.Invalid(message.format(text=error.text)) from error


def hokkaido_date(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Turn a day written in any usual way (令和8年4月1日, R8.4.1, 2026/4/1) into an ISO date."""
    _read(key, data, "date", lambda text: _date(text, read_date))


def hokkaido_date_start(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Turn a day, a month, a year or a fiscal year into the ISO date of its first day."""
    _read(key, data, "date", lambda text: _date(text, lambda one: read_span(one).start))


def hokkaido_date_end(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Turn a day, a month, a year or a fiscal year into the ISO date of its last day."""
    _read(key, data, "date", lambda text: _date(text, lambda one: read_span(one).end))


def _date(text: str, read: Callable[[str], date]) -> str:
    try:
        return read(text).isoformat()
    except NotADate as error:
        message = {
            "calendar": _("“{text}” is not in the calendar. Check the month and the day."),
            "era": _("“{text}” lies outside of its era. Check the name of the era and the year."),
            "year": _("The year of “{text}” cannot be right. Check the year."),
        }.get(error.reason, _("“{text}” cannot be read as a date. Write 2026-04-01 or 令和8年4月1日."))
        raise tk.Invalid(message.format(text=error.text)) from error


def hokkaido_frequency(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Read a frequency in somebody's own words as one of the list, and keep the words in the note beside it."""
    value = data.get(key)
    if not value or value is tk.missing or value in vocabulary("frequencies").codes:
        return
    text = str(value).strip()
    code = frequency(text, codes)
    if code is None:
        # The validator of choices, which comes next, refuses it in the words that every list has.
        return
    data[key] = code
    repairs.note(key, text, code, "frequency")
    beside = (*key[:-1], "frequency_note")
    if text not in {vocabulary("frequencies").label(code, language) for language in ("ja", "en")}:
        said = data.get(beside)
        if not said or said is tk.missing:
            data[beside] = text


def hokkaido_access_conditions(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for the conditions of data that not everybody may have; a draft may still lack them."""
    said = data.get(key)
    if (said and said is not tk.missing and str(said).strip()) or data.get(("state",)) == "draft":
        return
    if is_closed(data.get((*key[:-1], "access_rights"))):
        raise tk.Invalid(_("Write who may have the data and how, since it is not open to everybody."))


def _read(key: FlattenKey, data: FlattenDataDict, kind: str, read: Callable[[str], str]) -> None:
    """Put what a text means in its place, and note it where it differs from the text."""
    value = data.get(key)
    if not value or value is tk.missing:
        return
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    data[key] = read(text)
    repairs.note(key, text, data[key], kind)
