"""Rendering a page as somebody sees it who is not logged in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model
from flask import g

__all__ = ["as_visitor"]

_NAMES = ("user", "userobj", "_login_user")


@contextmanager
def as_visitor() -> Iterator[None]:
    """Let the templates of this request believe that nobody is logged in; no action may be called meanwhile."""
    missing = object()
    before = {name: g.get(name, missing) for name in _NAMES}
    g.user, g.userobj, g._login_user = "", None, model.AnonymousUser()  # noqa: SLF001 - where Flask-Login keeps it.
    try:
        yield
    finally:
        for name, value in before.items():
            if value is missing:
                g.pop(name, None)
            else:
                setattr(g, name, value)
