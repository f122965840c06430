"""What the feed does by time."""

from __future__ import annotations

from ckan import model

from ckanext.hokkaido_core.shared import clock
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.service import health, store

__all__ = ["register", "repair"]


def repair() -> None:
    """Try again to write the datasets that could not be written when they were saved."""
    session = model.Session()
    store.refresh(session, health.dirty_ids(session))
    session.commit()


def register() -> None:
    """Register the repair with the interval that the settings give."""
    clock.every(seconds=config.repair_seconds(), name="feed repair")(repair)
