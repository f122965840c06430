"""Close CKAN 2.12.0's hole in the protection against forged requests.

CKAN exempts the *view* of a request that carries no session (API token, anonymous) by `CSRFProtect.exempt`, which is
meant for start-up: the exemption stays for every later request of the process (CVE-2026-41255). Here an exemption
made during a request lasts for that request only, also with several threads.
"""

from __future__ import annotations

from typing import Any

from ckan.config.middleware.flask_app import csrf
from flask import g, has_request_context

__all__ = ["ExemptViews", "protect"]

_KEY = "_hokkaido_csrf_exempt"


class ExemptViews(set[str]):
    """Exempt views: what is added outside a request is for good, what is added inside one ends with it."""

    def add(self, view: str) -> None:
        """Exempt a view, given as `module.function`."""
        if has_request_context():
            g.setdefault(_KEY, set()).add(view)
        else:
            super().add(view)

    def __contains__(self, view: object) -> bool:
        if super().__contains__(view):
            return True
        return has_request_context() and view in g.get(_KEY, ())


def protect() -> None:
    """Replace the process-wide list of exempt views of CKAN's CSRF protection; safe to call again."""
    current: Any = csrf._exempt_views  # noqa: SLF001 - Flask-WTF offers no public access to it.
    if not isinstance(current, ExemptViews):
        csrf._exempt_views = ExemptViews(current)  # noqa: SLF001
