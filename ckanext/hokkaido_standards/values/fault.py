"""What is wrong with a value, and how it is written rightly where that can be told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["DASHES", "Fault", "Judge", "Kind", "form", "half_width"]

#: What people type for a hyphen.
DASHES = "‐‑‒–—―−ー－ｰ"
_DASH = re.compile(f"[{DASHES}]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value.

    :ivar rule: code of the rule (vocabulary `table_rules`).
    :ivar better: the value as it is to be written; blank where no machine can tell.
    :ivar sure: whether a machine may write it so.
    :ivar params: values for the sentences of the rule, beside `value` and `better`.
    """

    rule: str
    better: str = ""
    sure: bool = True
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def repairable(self) -> bool:
        """Tell whether a machine can mend it."""
        return bool(self.better) and self.sure


#: Takes a value that is not blank; returns nothing for one that is right.
Judge = Callable[[str], Fault | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    :ivar fine: pattern of nearly all values that are right, in the syntax that Rust's and Python's `re` share; the
        judge looks at all others.
    """

    fine: str
    judge: Judge


def half_width(text: str) -> str:
    """Return a text in half-width digits, letters and hyphens, without blanks around it."""
    return _DASH.sub("-", unicodedata.normalize("NFKC", text)).strip()


def form(text: str, better: str, rule: str = "value-form", *, sure: bool = True) -> Fault | None:
    """Return the fault of a value that is only written otherwise; nothing where it is written so."""
    return None if better == text else Fault(rule, better, sure)
