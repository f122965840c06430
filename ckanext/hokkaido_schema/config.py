"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["draft_copy_days"]


def draft_copy_days() -> int:
    """Return for how many days an unsaved form is kept."""
    return max(1, int(tk.config["ckanext.hokkaido_schema.draft_copy_days"]))
