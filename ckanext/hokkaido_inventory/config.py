"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["default_licence", "index_url", "office_organization"]
from ckanext.hokkaido_inventory.domain.reminding import Schedule

__all__ = ["default_licence", "office_organization", "remind", "remind_hour", "reminder_schedule"]
__all__ = ["default_licence", "invitation_days", "office_organization"]


def office_organization() -> str:
    """Return id or name of the organisation that runs the surveys; empty when there is none."""
    return tk.config["ckanext.hokkaido_inventory.office_organization"]


def index_url() -> str:
    """Return the address of the Solr core of the public inventory; empty when the database is to be searched."""
    return tk.config["ckanext.hokkaido_inventory.solr_url"]


def default_licence() -> str:
    """Return the id of the licence under which the portal publishes unless told otherwise."""
    return tk.config["ckanext.hokkaido_inventory.default_licence"]


def remind() -> bool:
    """Tell whether the clock reminds people of open surveys."""
    return tk.config["ckanext.hokkaido_inventory.remind"]


def remind_hour() -> int:
    """Return the hour in Japan from which reminders of a day are sent."""
    return tk.config["ckanext.hokkaido_inventory.remind_hour"]


def reminder_schedule() -> Schedule:
    """Return on which working days somebody is reminded."""
    return Schedule(
        before=_days("ckanext.hokkaido_inventory.remind_before"),
        after=_days("ckanext.hokkaido_inventory.remind_after"),
        escalate=_days("ckanext.hokkaido_inventory.escalate_after"),
    )


def _days(key: str) -> tuple[int, ...]:
    return tuple(sorted({int(day) for day in tk.aslist(tk.config[key])}))


def invitation_days() -> int:
    """Return for how many days an invitation can be accepted."""
    return tk.config["ckanext.hokkaido_inventory.invitation_days"]
