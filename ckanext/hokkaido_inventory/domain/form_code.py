"""The visible number of a workbook: which survey and unit it was made for, and when, in sixteen characters.

Closed networks take hidden sheets, comments and checks out of a file. What is printed in a cell stays, so the code
carries what the merge cannot do without, and checks itself: a mistyped code is no code.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["FormCode", "make_code", "read_code"]

# Without I, L, O and U, which are taken for other signs.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILOU", "110V")
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ID_BITS, _TIME_BITS, _CHECK_BITS = 15, 40, 10
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a code says; survey and unit are there as marks that can be compared with an id, not read."""

    survey: int
    unit: int
    made_at: datetime

    def is_of_survey(self, survey_id: str) -> bool:
        """Tell whether the workbook was made for a survey."""
        return self.survey == _mark(survey_id)

    def is_of_unit(self, unit_id: str) -> bool:
        """Tell whether the workbook was made for a unit."""
        return self.unit == _mark(unit_id)


def make_code(survey_id: str, unit_id: str, at: datetime) -> str:
    """Return the code of a workbook that is made now, in groups of four."""
    # Rounded up: a row saved just before must not look as if it was saved after.
    time = -((_EPOCH - at) // _MILLISECOND)
    number = (_mark(survey_id) << _ID_BITS | _mark(unit_id)) << _TIME_BITS | time
    number = number << _CHECK_BITS | _check(number)
    text = "".join(_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH - 1, -1, -1))
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def read_code(text: str) -> FormCode | None:
    """Return what a code says; nothing for a text that is no code."""
    signs = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper()).translate(_LOOKALIKES)
    if len(signs) != _LENGTH:
        return None
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    number, check = number >> _CHECK_BITS, number & (1 << _CHECK_BITS) - 1
    if check != _check(number):
        return None
    ids, time = number >> _TIME_BITS, number & (1 << _TIME_BITS) - 1
    return FormCode(ids >> _ID_BITS, ids & (1 << _ID_BITS) - 1, _EPOCH + time * _MILLISECOND)


def _mark(identifier: str) -> int:
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=2).digest()) >> 16 - _ID_BITS


def _check(number: int) -> int:
    digest = hashlib.blake2b(number.to_bytes(9), digest_size=2).digest()
    return int.from_bytes(digest) >> 16 - _CHECK_BITS
