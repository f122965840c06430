"""Fixed names and days in the language of the request."""

from __future__ import annotations

from datetime import date

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["day", "name_of"]


def name_of(wording: Wording) -> str:
    """Return a fixed name in the language of the request."""
    return wording.of(spoken())


def day(value: date) -> str:
    """Write a day as people read it."""
    return tk._("%(year)d-%(month)02d-%(day)02d") % {"year": value.year, "month": value.month, "day": value.day}
