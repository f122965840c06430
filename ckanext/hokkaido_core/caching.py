"""Cache headers that survive CKAN.

CKAN sets `Cache-Control` after every plugin has had its say, so a view leaves a note in the request, and a wrapper
around the whole application acts on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, request

__all__ = ["VARY", "KeepCacheHeaders", "private", "shared"]

#: Any cache may keep a page, and must ask before each use: a withdrawn record never lingers.
SHARED = "public, max-age=0, must-revalidate"

#: No cache may keep what only some may see.
PRIVATE = "private, no-store"

#: What a page in several formats and profiles depends on beside its address and its coding.
VARY = "Accept, Accept-Profile"

_NOTE = "hokkaido_core.cache_control"
_VARY = "hokkaido_core.vary"

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def shared(response: Response, vary: str = "") -> Response:
    """Mark the response to the current request as the same for everyone, or for everyone who sends the same `vary`."""
    request.environ[_VARY] = vary
    request.environ[_NOTE] = SHARED
    return response


def private(response: Response) -> Response:
    """Mark the response to the current request as for this reader only.

    CKAN itself calls an answer to an API token public.
    """
    request.environ[_NOTE] = PRIVATE
    return response


class KeepCacheHeaders:
    """WSGI wrapper that puts the cache headers of marked responses in place."""

    def __init__(self, app: WsgiApp) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *arguments: Any) -> Any:
            note = environ.get(_NOTE)
            return start_response(status, _marked(headers, note, environ.get(_VARY)) if note else headers, *arguments)

        return self.app(environ, start)


def _marked(headers: list[tuple[str, str]], cache_control: str, vary: str | None) -> list[tuple[str, str]]:
    """Return headers without what would make a page differ from reader to reader."""
    dropped = {"cache-control", "set-cookie", "vary", "pragma", "expires"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    return [
        *kept,
        ("Cache-Control", cache_control),
        ("Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"),
    ]
