"""What the metadata schema does by time."""

from __future__ import annotations

from datetime import timedelta

from ckan import model

from ckanext.hokkaido_core.shared import clock, now, outbox
from ckanext.hokkaido_schema import config
from ckanext.hokkaido_schema.jobs import approval as _approval  # noqa: F401  It delivers the mails that actions ask for.
from ckanext.hokkaido_schema.jobs import exchange as _exchange  # noqa: F401  It registers its duty and its task.
from ckanext.hokkaido_schema.jobs.link import check_portion, collect_links
from ckanext.hokkaido_schema.jobs.reindexing import reindex
from ckanext.hokkaido_schema.jobs.upkeep import remind_this_month
from ckanext.hokkaido_schema.service import draft_copy
from ckanext.hokkaido_schema.service.reindexing import REINDEX

__all__ = ["drop_old_forms", "register"]

#: Between two portions of links.
PORTION_SECONDS = 20
#: A link that was typed is found within this time.
COLLECT_SECONDS = 30 * 60
#: The monthly mail goes out within this time after its hour.
REMIND_SECONDS = 10 * 60
#: Between two looks for forms that nobody came back for.
FORMS_SECONDS = 60 * 60


def register() -> None:
    """Register the duties with the clock, and what is to happen after a commit."""
    outbox.handler(REINDEX)(reindex)
    clock.every(seconds=COLLECT_SECONDS, name="finding of links", beside=True)(collect_links)
    clock.every(seconds=PORTION_SECONDS, name="link check")(check_portion)
    clock.every(seconds=REMIND_SECONDS, name="reminders of upkeep")(remind_this_month)
    clock.every(seconds=FORMS_SECONDS, name="unsaved forms")(drop_old_forms)


def drop_old_forms() -> int:
    """Throw away the unsaved forms that nobody has come back for, and return how many there were."""
    dropped = draft_copy.drop_older(model.Session(), now() - timedelta(days=config.draft_copy_days()))
    model.Session.commit()
    return dropped
