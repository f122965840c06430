"""Style sheets and scripts that a browser keeps: the name of each compiled file changes with its content.

CKAN sets the cache headers of every answer after all plugins, and tells the browser to ask again for each of some
fifteen files on every page; so this is done around the application, not inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["KeepCompiledFiles"]

#: As webassets writes them: a hash of the content before the name.
_COMPILED = re.compile(r"/webassets/[^?]*/[0-9a-f]{8}_[^/?]+\Z")
_YEAR = "public, max-age=31536000, immutable"
_REPLACED = {"cache-control", "vary"}


class KeepCompiledFiles:
    """A WSGI application that lets browsers keep compiled style sheets and scripts for a year."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request; only what was found, or has not changed, is kept."""
        if not _COMPILED.search(environ.get("PATH_INFO", "")):
            return self.inner(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith(("200", "304")):
                kept = [(name, value) for name, value in headers if name.lower() not in _REPLACED]
                headers = [*kept, ("Cache-Control", _YEAR), ("Vary", "Accept-Encoding")]
            return start_response(status, headers, *rest)

        return self.inner(environ, start)
