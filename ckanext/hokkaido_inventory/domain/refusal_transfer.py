"""What the rules of a reorganisation can refuse, beside `domain/refusal.py`."""

from __future__ import annotations

from datetime import date

from ckanext.hokkaido_inventory.domain.refusal import Refusal

__all__ = ["HoldingsNotTheirs", "NothingToMove", "TransferAhead", "TransferToItself"]


class HoldingsNotTheirs(Refusal):
    """A holding that was chosen is not held by the unit that gives."""


class NothingToMove(Refusal):
    """A unit was to be split, and no holding was chosen."""


class TransferAhead(Refusal):
    """The day of a transfer lies ahead."""

    def __init__(self, effective_on: date) -> None:
        super().__init__(effective_on)
        self.effective_on = effective_on


class TransferToItself(Refusal):
    """A unit was to be merged into itself, or renamed into another one."""
