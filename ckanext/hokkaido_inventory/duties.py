"""What the survey does by time."""

from __future__ import annotations

from ckan import model

from ckanext.hokkaido_core.shared import clock, now
from ckanext.hokkaido_inventory.service import survey as surveys

__all__ = ["open_surveys", "register"]

#: A round that opens at midnight is open within this time.
OPENING_SECONDS = 30


def open_surveys() -> None:
    """Open the drafts whose day of opening has come in Japan; one that was missed is opened late, never twice."""
    session = model.Session()
    surveys.open_due(session, at=now())
    session.commit()


def register() -> None:
    """Register the duties."""
    clock.every(seconds=OPENING_SECONDS, name="opening of surveys")(open_surveys)
