"""What the standard data sets do by time."""

from __future__ import annotations

from ckanext.hokkaido_core.shared import clock, judged_files
from ckanext.hokkaido_standards import waiting_files
from ckanext.hokkaido_standards.jobs import repair as _repair  # noqa: F401  It registers its task.
from ckanext.hokkaido_standards.jobs import waiting as _waiting  # noqa: F401  It registers its task.
from ckanext.hokkaido_standards.jobs.check import follow_due
from ckanext.hokkaido_standards.jobs.combined import tidy
from ckanext.hokkaido_standards.jobs.linked import collect_links, collect_recent, fetch_due
from ckanext.hokkaido_standards.service.judging import judgements

__all__ = ["register"]

#: Between two looks for files that wait for a check: those that were there before this plugin, that a worker missed,
#: or that were checked by rules or definitions that hold no more.
DUE_SECONDS = 60
#: Between two portions of files at other sites.
LINKED_SECONDS = 20
#: Between two looks for links that are new or gone: in datasets that were saved lately, and in all.
RECENT_SECONDS, LINKS_SECONDS = 60, 3600
#: Between two looks for files that nobody waits for any more.
WAITING_SECONDS = 600


def register() -> None:
    """Register the duties, and what is told of files elsewhere."""
    judged_files.JUDGES.add("standards.checks", judgements)
    clock.every(seconds=DUE_SECONDS, name="one tables", beside=True)(tidy)
    clock.every(seconds=DUE_SECONDS, name="checks of tables", beside=True)(follow_due)
    clock.every(seconds=RECENT_SECONDS, name="new links to tables", beside=True)(collect_recent)
    clock.every(seconds=LINKS_SECONDS, name="links to tables", beside=True)(collect_links)
    clock.every(seconds=LINKED_SECONDS, name="tables at other sites", beside=True)(fetch_due)
    clock.every(seconds=WAITING_SECONDS, name="files that wait to be checked")(waiting_files.drop_older)
