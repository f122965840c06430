"""What the metadata schema does by time."""

from __future__ import annotations

from datetime import timedelta

from ckan import model

from ckanext.hokkaido_core.shared import clock, now
from ckanext.hokkaido_schema import config
from ckanext.hokkaido_schema.jobs import approval as _approval  # noqa: F401  It delivers the mails that actions ask for.
from ckanext.hokkaido_schema.service import draft_copy

__all__ = ["drop_old_forms", "register"]

_HOUR = 3600


def register() -> None:
    """Register the duties with the clock."""
    clock.every(seconds=_HOUR, name="unsaved forms")(drop_old_forms)


def drop_old_forms() -> int:
    """Throw away the unsaved forms that nobody has come back for, and return how many there were."""
    dropped = draft_copy.drop_older(model.Session(), now() - timedelta(days=config.draft_copy_days()))
    model.Session.commit()
    return dropped
