"""What the rules of rounds can refuse, beside `domain/refusal.py`."""

from __future__ import annotations

from datetime import date

from ckanext.hokkaido_inventory.domain.refusal import Refusal

__all__ = ["NotYetAsked", "OpeningAfterDeadline", "SettledAtOpening", "TrainingNotPublished"]


class OpeningAfterDeadline(Refusal):
    """A round was to open after its own last day."""

    def __init__(self, opens_on: date, deadline: date) -> None:
        super().__init__(opens_on, deadline)
        self.opens_on = opens_on
        self.deadline = deadline


class SettledAtOpening(Refusal):
    """Whether a round is for practice, and who confirms, stands once it is open."""


class TrainingNotPublished(Refusal):
    """A round for practice was to be published."""


class NotYetAsked(Refusal):
    """A draft was to be rolled over, although nobody could answer it yet."""
