"""What the standard data sets do by time."""

from __future__ import annotations

from ckanext.hokkaido_core.shared import clock
from ckanext.hokkaido_standards.jobs.check import follow_due
from ckanext.hokkaido_standards.jobs.combined import tidy

__all__ = ["register"]

#: Between two looks for files that wait for a check: those that were there before this plugin, that a worker missed,
#: or that were checked by rules or definitions that hold no more.
DUE_SECONDS = 60


def register() -> None:
    """Register the duties."""
    clock.every(seconds=DUE_SECONDS, name="one tables", beside=True)(tidy)
    clock.every(seconds=DUE_SECONDS, name="checks of tables", beside=True)(follow_due)
