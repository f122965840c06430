"""The language that is spoken now."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from flask import has_request_context

__all__ = ["spoken"]


def spoken() -> str:
    """Return the language of the request; outside one (worker, command line, tests) that of the portal."""
    if has_request_context():
        return tk.h.lang() or tk.config["ckan.locale_default"]
    return tk.config["ckan.locale_default"]
