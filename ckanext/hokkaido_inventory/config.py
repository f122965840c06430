"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["default_licence", "invitation_days", "office_organization"]


def office_organization() -> str:
    """Return id or name of the organisation that runs the surveys; empty when there is none."""
    return tk.config["ckanext.hokkaido_inventory.office_organization"]


def default_licence() -> str:
    """Return the id of the licence under which the portal publishes unless told otherwise."""
    return tk.config["ckanext.hokkaido_inventory.default_licence"]


def invitation_days() -> int:
    """Return for how many days an invitation can be accepted."""
    return tk.config["ckanext.hokkaido_inventory.invitation_days"]
