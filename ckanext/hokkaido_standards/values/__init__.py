"""The kinds of values that columns of standard data sets hold: which are right, and what is wrong with others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ckanext.hokkaido_standards.values import codes, contacts, days, numbers, places, words
from ckanext.hokkaido_standards.values.fault import Fault, Kind

__all__ = ["BLANKS", "ERRORS", "VALUES", "Fault", "judge"]

#: Signs that stand for "nothing"; whether they mean zero, unknown or none, only the publisher knows.
BLANKS = frozenset("-－‐−ー―—–…")
#: What a spreadsheet leaves where a formula failed.
ERRORS = frozenset(("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))

#: Kinds of which a dash may mean zero.
_FIGURES = frozenset(("count_or_presence", "integer", "number"))
#: No value of a kind is longer, but for web addresses, which one pattern takes; what is longer is not taken apart.
_LONGEST = 500

#: Types of `schemas/vocabularies/standards/columns.yaml`; those that are missing take any text.
VALUES: Mapping[str, Kind] = MappingProxyType(
    {
        "choaza_id": Kind(codes.CHOAZA_ID, codes.judge_choaza_id),
        "corporate_number": Kind(codes.NOTHING, codes.judge_corporate_number),
        "count_or_presence": Kind(words.COUNT_OR_PRESENCE, words.judge_count_or_presence),
        "date": Kind(days.DATE, days.judge_date),
        "email": Kind(contacts.EMAIL, contacts.judge_email),
        "integer": Kind(numbers.INTEGER, numbers.judge_integer),
        "kana": Kind(words.KANA, words.judge_kana),
        "latitude": Kind(places.COORDINATE, places.judge_coordinate),
        "longitude": Kind(places.COORDINATE, places.judge_coordinate),
        "mark": Kind(words.MARK, words.judge_mark),
        "municipality_code": Kind(codes.NOTHING, codes.judge_municipality_code),
        "municipality_name": Kind(codes.NOTHING, codes.judge_municipality_name),
        "number": Kind(numbers.NUMBER, numbers.judge_number),
        "phone": Kind(contacts.PHONE, contacts.judge_phone),
        "postal_code": Kind(contacts.POSTAL_CODE, contacts.judge_postal_code),
        "prefecture_name": Kind(codes.NOTHING, codes.judge_prefecture_name),
        "presence": Kind(words.PRESENCE, words.judge_presence),
        "time": Kind(days.TIME, days.judge_time),
        "url": Kind(contacts.URL, contacts.judge_url),
        "weekdays": Kind(words.WEEKDAYS, words.judge_weekdays),
    }
)


def judge(kind: str, text: str) -> Fault | None:
    """Tell what is wrong with a value of a kind; nothing where it is blank, right, or of a kind that takes any text."""
    plain = text.strip()
    if not plain or kind not in VALUES or re.fullmatch(VALUES[kind].fine, text):
        return None
    if plain in ERRORS:
        return Fault("value-error")
    if len(plain) <= 2 and set(plain) <= BLANKS:  # noqa: PLR2004 - one dash, or two for a long one.
        return Fault("value-dash" if kind in _FIGURES else "value-dash-word")
    return _judged(kind, text, plain)


def _judged(kind: str, text: str, plain: str) -> Fault | None:
    if len(text) > _LONGEST:
        return VALUES[kind].judge(f"{plain[:_LONGEST]}…")
    if plain != text and judge(kind, plain) is None:
        return Fault("L1-06", plain)
    return VALUES[kind].judge(text)
