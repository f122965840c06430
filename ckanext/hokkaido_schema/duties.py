"""What the metadata schema does by time, and after a commit."""

from __future__ import annotations

from ckanext.hokkaido_core.shared import clock, outbox
from ckanext.hokkaido_schema.jobs import exchange  # noqa: F401 - importing it registers its duty and its task.
from ckanext.hokkaido_schema.jobs.link import check_portion, collect_links
from ckanext.hokkaido_schema.jobs.reindexing import reindex
from ckanext.hokkaido_schema.jobs.upkeep import remind_this_month
from ckanext.hokkaido_schema.service.reindexing import REINDEX

__all__ = ["register"]

#: Between two portions of links.
PORTION_SECONDS = 20
#: A link that was typed is found within this time.
COLLECT_SECONDS = 30 * 60
#: The monthly mail goes out within this time after its hour.
REMIND_SECONDS = 10 * 60


def register() -> None:
    """Register the duties with the clock, and what is to happen after a commit."""
    outbox.handler(REINDEX)(reindex)
    clock.every(seconds=COLLECT_SECONDS, name="finding of links")(collect_links)
    clock.every(seconds=PORTION_SECONDS, name="link check")(check_portion)
    clock.every(seconds=REMIND_SECONDS, name="reminders of upkeep")(remind_this_month)
