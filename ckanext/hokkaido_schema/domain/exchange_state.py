"""How far an exchange of descriptions has come, and what becomes of each description in it."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["TO_STORE", "ExchangeKind", "ExchangeState", "Outcome"]


class ExchangeKind(StrEnum):
    """Where the descriptions come from."""

    FILE = "file"
    BULK = "bulk"


class ExchangeState(StrEnum):
    """Comparing -> compared -> storing -> stored -> undone; a compared one may be dropped."""

    COMPARING = "comparing"
    COMPARED = "compared"
    STORING = "storing"
    STORED = "stored"
    UNDONE = "undone"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What a description does, or did, to the portal."""

    CREATED = "created"
    DRAFT = "draft"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


#: Outcomes of which something is stored.
TO_STORE = frozenset({Outcome.CREATED, Outcome.DRAFT, Outcome.UPDATED})
