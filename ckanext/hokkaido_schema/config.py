"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = [
    "check_links",
    "draft_copy_days",
    "link_portion",
    "portal_office",
    "preview_bytes",
    "remind_of_upkeep",
    "upkeep_day",
]


def check_links() -> bool:
    """Tell whether the clock looks at the links of datasets."""
    return tk.config["ckanext.hokkaido_schema.check_links"]


def link_portion() -> int:
    """Return how many links the clock looks at in one portion."""
    return tk.config["ckanext.hokkaido_schema.link_portion"]


def portal_office() -> str:
    """Return the id or name of the organisation that looks after the whole portal, empty for none."""
    return tk.config["ckanext.hokkaido_schema.portal_office"]


def remind_of_upkeep() -> bool:
    """Tell whether people are written to about what is to be done on their datasets."""
    return tk.config["ckanext.hokkaido_schema.remind_of_upkeep"]


def upkeep_day() -> int:
    """Return the day of the month from which on the digest is sent."""
    return tk.config["ckanext.hokkaido_schema.upkeep_day"]


def preview_bytes() -> int:
    """Return the bytes of a file that one page may read."""
    return tk.config["ckanext.hokkaido_schema.preview_megabytes"] << 20


def draft_copy_days() -> int:
    """Return for how many days an unsaved form is kept."""
    return max(1, int(tk.config["ckanext.hokkaido_schema.draft_copy_days"]))
