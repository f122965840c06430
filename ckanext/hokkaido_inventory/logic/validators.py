"""Validators of the survey's own parameters."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.hokkaido_inventory.domain.burden import MAX_MINUTES
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.merging import Side
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = [
    "hokkaido_bureaus",
    "hokkaido_day",
    "hokkaido_day_or_none",
    "hokkaido_duties",
    "hokkaido_header_rows",
    "hokkaido_id_list",
    "hokkaido_keep_blank",
    "hokkaido_mapping",
    "hokkaido_minutes",
    "hokkaido_question_set",
    "hokkaido_sides",
    "hokkaido_unit_list",
]


#: So many rows are acted on by one request.
MOST_IDS = 2000

_KEYS = frozenset(item.key for item in QUESTIONS)
_DEEPEST_HEADINGS = 8


def hokkaido_day(value: Any) -> date:
    """Turn YYYY-MM-DD, as a date field sends it, into a date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(unicodedata.normalize("NFKC", str(value)).strip().replace("/", "-"))
    except ValueError as error:
        raise tk.Invalid(tk._("This is not a date. Write it as year-month-day, for example 2026-12-18.")) from error


def hokkaido_id_list(value: Any) -> list[str]:
    """Turn one id, or a list of ids, into a list without blanks and repetitions."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(name, str) for name in values):
        raise tk.Invalid(tk._("Give the ids as a list of texts."))
    if len(values) > MOST_IDS:
        raise tk.Invalid(tk._("Choose at most %(count)d at once.") % {"count": MOST_IDS})
    return list(dict.fromkeys(name.strip() for name in values if name.strip()))


def hokkaido_header_rows(value: Any) -> list[int]:
    """Turn `3`, `3-4` or a list of rows into the first and the last of them."""
    parts = unicodedata.normalize("NFKC", str(value)).split("-") if isinstance(value, str | int) else value
    try:
        rows = [int(part) for part in parts]
    except (TypeError, ValueError) as error:
        raise tk.Invalid(_rows_wrong()) from error
    if not rows or min(rows) < 1 or max(rows) - min(rows) > _DEEPEST_HEADINGS:
        raise tk.Invalid(_rows_wrong())
    return [min(rows), max(rows)]


def hokkaido_mapping(value: Any) -> dict[str, str | None]:
    """Turn columns with the keys of questions, as JSON text too, into a dictionary; a blank leaves a column out."""
    try:
        given = json.loads(value) if isinstance(value, str) else value
        mapping = {str(column): (field or None) for column, field in given.items()}
    except (ValueError, AttributeError) as error:
        raise tk.Invalid(tk._("Give the mapping as columns, each with the key of a question.")) from error
    unknown = [str(field) for field in mapping.values() if field is not None and field not in _KEYS]
    if unknown:
        raise tk.Invalid(tk._("There is no question “%(key)s”.") % {"key": unknown[0][:60]})
    return mapping


def _rows_wrong() -> str:
    return tk._("Give the rows of the headings as numbers, for example 3 or 3-4.")


def hokkaido_day_or_none(value: Any) -> date | str:
    """Turn YYYY-MM-DD into a date; a blank, which takes a day away, stays a blank."""
    return "" if value in (None, "") else hokkaido_day(value)


def hokkaido_duties(value: Any) -> list[str]:
    """Turn one duty, or a list of duties, into a list without repetitions."""
    duties = hokkaido_unit_list(value)
    if not duties or not set(duties) <= set(Duty):
        raise tk.Invalid(tk._("There is no such duty. Choose coordinator, approver, respondent or deputy."))
    return duties


def hokkaido_question_set(value: Any) -> str:
    """Check the name of a question set."""
    if value not in set(QuestionSet):
        raise tk.Invalid(tk._("There is no such question set. Choose light, standard or full."))
    return str(value)


def hokkaido_bureaus(value: Any) -> list[str]:
    """Turn one code, or a list of codes of bureaus, into a list without repetitions."""
    codes = hokkaido_unit_list(value)
    unknown = [code for code in codes if vocabulary("bureaus").get(code) is None]
    if unknown:
        raise tk.Invalid(
            tk._("There is no bureau with this code: %(codes)s. Choose from the 14 bureaus.")
            % {"codes": tk._(", ").join(unknown)}
        )
    return codes


def hokkaido_keep_blank(key: FlattenKey, data: FlattenDataDict, _errors: FlattenErrorDict, _context: Context) -> None:
    """Drop a parameter that was not sent, and keep one that was sent empty: it clears an answer."""
    if data.get(key) is tk.missing:
        data.pop(key, None)
        raise tk.StopOnError


def hokkaido_sides(value: Any) -> dict[int, str]:
    """Turn `{number: mine|theirs}`, as JSON text too, into a dictionary by number."""
    try:
        given = json.loads(value) if isinstance(value, str) else value
        return {int(number): Side(side).value for number, side in given.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise tk.Invalid(tk._("Give the choices as row numbers, each with mine or theirs.")) from error


def hokkaido_minutes(value: Any) -> int:
    """Turn minutes, as people type them (full width too), into a number."""
    digits = unicodedata.normalize("NFKC", str(value)).strip().removesuffix("分").strip()
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= MAX_MINUTES):
        raise tk.Invalid(
            tk._("Write the minutes as a number from 1 to %(limit)d, or leave the box empty.") % {"limit": MAX_MINUTES}
        )
    return int(digits)


def hokkaido_unit_list(value: Any) -> list[str]:
    """Turn one name, or a list of names or ids of organisations, into a list without blanks and repetitions."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(name, str) for name in values):
        raise tk.Invalid(tk._("Give the units as a list of names or ids of organisations."))
    return list(dict.fromkeys(name.strip() for name in values if name.strip()))
