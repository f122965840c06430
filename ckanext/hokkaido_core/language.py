"""The language that is spoken now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
import click
from flask import has_request_context

__all__ = ["portal_request", "spoken"]


def spoken() -> str:
    """Return the language of the request; outside one (worker, command line, tests) that of the portal."""
    if has_request_context():
        return tk.h.lang() or tk.config["ckan.locale_default"]
    return tk.config["ckan.locale_default"]


@contextmanager
def portal_request() -> Iterator[None]:
    """Let messages and addresses be written in a process that answers no request (worker, clock).

    Both are commands of CKAN, which keep the application in the context of the command.
    """
    command = click.get_current_context(silent=True)
    app = command.find_root().meta.get("flask_app") if command else None
    if has_request_context() or app is None:
        yield
        return
    with app.test_request_context(base_url=tk.config["ckan.site_url"]):
        yield
