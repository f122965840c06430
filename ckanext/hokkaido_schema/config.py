"""Typed access to the settings of the plugin."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

__all__ = ["preview_bytes"]


def preview_bytes() -> int:
    """Return the bytes of a file that one page may read."""
    return tk.config["ckanext.hokkaido_schema.preview_megabytes"] << 20
