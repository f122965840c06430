"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["outbox_sweep_seconds"]


def outbox_sweep_seconds() -> int:
    """Return the seconds between two sweeps of the outbox."""
    return tk.config["ckanext.hokkaido_core.outbox_sweep_seconds"]
