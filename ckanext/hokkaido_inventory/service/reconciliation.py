"""Drift: what a crash, a purge or raw SQL can leave behind, found by checks that join a registry (design D21).

A check is a function that returns what does not agree, and where mending is safe a second one that mends it. Another
module adds its own: `CHECKS.add("tally", Check(tally.drift))`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import Registry

__all__ = ["CHECKS", "Check", "Drift", "find", "mend"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that does not agree: what kind, whose (an id, or a fiscal year), and what to look at.

    The kinds are listed in docs/operate.md; every kind belongs to one check.
    """

    kind: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A way to find drift; `mend` takes what `find` returned, repairs what is safe and returns the number repaired."""

    find: Callable[[Session], Sequence[Drift]]
    mend: Callable[[Session, Sequence[Drift]], int] | None = None


CHECKS: Registry[Check] = Registry()


def find(session: Session) -> list[Drift]:
    """Return everything that does not agree, check by check."""
    return [drift for check in CHECKS for drift in check.find(session)]


def mend(session: Session) -> int:
    """Repair what is safe to repair, and return the number of repairs."""
    return sum(check.mend(session, check.find(session)) for check in CHECKS if check.mend)
