"""What the survey does by time."""

from __future__ import annotations

from ckan import model

from ckanext.hokkaido_core.shared import clock, now
from ckanext.hokkaido_inventory.jobs.reminder import remind_today
from ckanext.hokkaido_inventory.service import survey as surveys

__all__ = ["open_surveys", "register"]

#: A round that opens at midnight is open within this time.
OPENING_SECONDS = 30
#: A reminder goes out within this time after its hour; a clock that stood still makes up for it.
REMINDING_SECONDS = 300


def open_surveys() -> None:
    """Open the drafts whose day of opening has come in Japan; one that was missed is opened late, never twice."""
    session = model.Session()
    surveys.open_due(session, at=now())
    session.commit()


def register() -> None:
    """Register the duties."""
    clock.every(seconds=OPENING_SECONDS, name="opening of surveys")(open_surveys)
    clock.every(seconds=REMINDING_SECONDS, name="reminders")(remind_today)
