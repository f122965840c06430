"""Local government codes: check digit, repair of what spreadsheets break, and area codes that carry no check digit.

Source: 全国地方公共団体コード (six digits, Ministry of Internal Affairs and Communications) and
統計に用いる標準地域コード (five digits, the same number without its check digit).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "BUREAU_AREAS",
    "HOKKAIDO",
    "InvalidCode",
    "Reading",
    "Repair",
    "check_digit",
    "is_valid",
    "prefecture_number",
    "read_code",
    "with_check_digit",
]

#: The prefecture's own code.
HOKKAIDO = "010006"

#: The subprefectural bureaus have statistical area codes only. Nobody has given them a check digit, so none is made up.
BUREAU_AREAS = frozenset(
    f"01{number}" for number in (300, 330, 360, 390, 420, 450, 480, 510, 540, 570, 600, 630, 660, 690)
)

#: Digits of a whole code, and of one that lost its zero and has no check digit.
_WHOLE, _SHORTEST = 6, 4
_WEIGHTS = (6, 5, 4, 3, 2)
_LAST_PREFECTURE = 47
#: What people put around and between the digits: blanks, quotation marks, hyphens.
_AROUND = re.compile(r"[\s'\"’\-‐−]")
#: What is left of a number cell.
_DECIMALS = re.compile(r"\.0+$")


class Repair(StrEnum):
    """What had to be mended before a code could be read."""

    CHARACTERS = "characters"
    LEADING_ZERO = "leading_zero"
    CHECK_DIGIT = "check_digit"


class InvalidCode(ValueError):
    """The text is no local government code; `reason` is `empty`, `digits`, `length`, `check` or `prefecture`."""

    def __init__(self, text: str, reason: str, expected: str | None = None) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Reading:
    """A code as it was understood, what was mended, and the other code it might have meant."""

    code: str
    repairs: tuple[Repair, ...] = ()
    alternative: str | None = None


def check_digit(number: str) -> str:
    """Compute the check digit of a five-digit number.

    Weights 6, 5, 4, 3, 2; eleven minus the rest of the sum by eleven, of which the last digit counts.
    """
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def with_check_digit(number: str) -> str:
    """Return the six-digit code of a five-digit number."""
    return number + check_digit(number)


def is_valid(code: str) -> bool:
    """Tell whether a text is a six-digit code as it should be written: ASCII, a prefecture, a right check digit."""
    return bool(re.fullmatch(r"[0-9]{6}", code)) and _has_prefecture(code) and check_digit(code[:5]) == code[5]


def prefecture_number(code: str) -> int:
    """Return 1 to 47 from a five or six-digit code."""
    return int(code[:2])


def read_code(text: str, known: Collection[str] = ()) -> Reading:
    """Read a code of four to six digits and report how it was mended.

    A lost leading zero and a missing check digit are restored. Five digits that start with another digit than zero can
    be read in two ways (11002: Sapporo without its zero, or a number of prefecture 11): the one in `known` wins, else
    the one whose check digit is right; the other is reported as `alternative`.

    :param known: six-digit codes that exist, when the caller has such a list.
    :raises InvalidCode: when no reading is possible.
    """
    plain = _DECIMALS.sub("", _AROUND.sub("", unicodedata.normalize("NFKC", text)))
    marks = (Repair.CHARACTERS,) if plain != text else ()
    _refuse_what_is_no_number(text, plain)
    area = plain.zfill(5)
    if len(plain) < _WHOLE and area in BUREAU_AREAS and with_check_digit(area) not in known:
        zero = (Repair.LEADING_ZERO,) if len(plain) == _SHORTEST else ()
        return Reading(area, marks + zero)
    if len(plain) == _WHOLE:
        return Reading(_checked(text, plain), marks)
    readings = _readings(plain)
    if not readings:
        raise InvalidCode(text, "prefecture")
    readings.sort(key=lambda reading: reading.code not in known)
    first, *others = readings
    return Reading(first.code, marks + first.repairs, others[0].code if others else None)


def _refuse_what_is_no_number(text: str, plain: str) -> None:
    if not plain:
        raise InvalidCode(text, "empty")
    if not re.fullmatch(r"[0-9]+", plain):
        raise InvalidCode(text, "digits")
    if not _SHORTEST <= len(plain) <= _WHOLE:
        raise InvalidCode(text, "length")


def _checked(text: str, code: str) -> str:
    if not _has_prefecture(code):
        raise InvalidCode(text, "prefecture")
    if not is_valid(code):
        raise InvalidCode(text, "check", expected=with_check_digit(code[:5]))
    return code


def _readings(plain: str) -> list[Reading]:
    """List the codes that four or five digits can mean, the likelier first."""
    if len(plain) == _SHORTEST:
        candidates = [Reading(with_check_digit(f"0{plain}"), (Repair.LEADING_ZERO, Repair.CHECK_DIGIT))]
    else:
        candidates = [
            Reading(f"0{plain}", (Repair.LEADING_ZERO,)),
            Reading(with_check_digit(plain), (Repair.CHECK_DIGIT,)),
        ]
    return [candidate for candidate in candidates if is_valid(candidate.code)]


def _has_prefecture(code: str) -> bool:
    return 1 <= prefecture_number(code) <= _LAST_PREFECTURE
