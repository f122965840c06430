"""法人番号: thirteen digits, of which the first is a check digit.

Source: the ordinance on the designation of corporate numbers (法人番号の指定等に関する省令), on the check digit:
nine minus the rest, by nine, of the sum of the twelve digits, counted from the last, each weighted 1 at odd and 2 at
even places.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["InvalidNumber", "check_digit", "read_number"]

_LENGTH = 13
_AROUND = re.compile(r"[\s\-‐−ー]")


class InvalidNumber(ValueError):
    """The text is no corporate number; `reason` is `digits`, `length` or `check`."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason


def check_digit(base: str) -> str:
    """Compute the check digit of the twelve digits after it."""
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(base), 1))
    return str(9 - total % 9)


def read_number(text: str) -> str:
    """Read a corporate number, with full-width digits and hyphens as people type them.

    :raises InvalidNumber: when it is none.
    """
    plain = _AROUND.sub("", unicodedata.normalize("NFKC", text))
    if plain[:1] in {"T", "t"} and len(plain) == _LENGTH + 1:
        # A registration number of the consumption tax is the corporate number with a letter before it.
        plain = plain[1:]
    if not plain.isascii() or not plain.isdigit():
        raise InvalidNumber(text, "digits")
    if len(plain) != _LENGTH:
        raise InvalidNumber(text, "length")
    if check_digit(plain[1:]) != plain[0]:
        raise InvalidNumber(text, "check")
    return plain
