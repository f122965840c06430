"""One mail to one person, before anybody sends it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Letter"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person; `message_id` is the same for every attempt at the same mail."""

    to: str
    subject: str
    body: str
    message_id: str
