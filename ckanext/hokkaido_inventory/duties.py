"""What the survey does by time."""

from __future__ import annotations

from ckanext.hokkaido_core.shared import clock
from ckanext.hokkaido_inventory.jobs.reminder import remind_today

__all__ = ["register"]

#: A reminder goes out within this time after its hour; a clock that stood still makes up for it.
REMINDING_SECONDS = 300


def register() -> None:
    """Register the duties."""
    clock.every(seconds=REMINDING_SECONDS, name="reminders")(remind_today)
