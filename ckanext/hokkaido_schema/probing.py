"""One look at a link: over the network through the one outgoing client, on the disk for a file of the portal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from ckan.lib import files, uploader

from ckanext.hokkaido_core.domain.fetching import FetchError, NotAllowed, Policy
from ckanext.hokkaido_core.domain.retry_after import retry_after_seconds
from ckanext.hokkaido_core.domain.web_address import LONGEST
from ckanext.hokkaido_core.shared import now, safe_http
from ckanext.hokkaido_schema.domain.link_state import Look

__all__ = ["look_at", "look_at_all", "look_on_disk"]

#: The most seconds for one link, whatever the settings give to other work.
PATIENCE = 10
#: So many bytes are taken where `HEAD` is refused.
FIRST = 1024
_REFUSES = 400
_BUSY = (429, 503)
_AT_A_TIME = 4


def look_at(url: str, policy: Policy) -> Look:
    """Ask for the head of an address, and where that is refused for its first bytes."""
    quick = replace(policy, seconds=min(policy.seconds, PATIENCE))
    try:
        answer = _head(url, quick)
        if answer is None or (answer.status >= _REFUSES and answer.status not in _BUSY):
            answer = safe_http.fetch(url, quick, headers={"Range": f"bytes=0-{FIRST - 1}"}, first=FIRST)
    except FetchError as error:
        return Look(0, error.code)
    there = answer.permanent_url
    moved = "" if there == safe_http.check(url, quick).url or len(there) > LONGEST else there
    return Look(
        answer.status, moved_to=moved, retry_after=retry_after_seconds(answer.headers.get("retry-after", ""), now())
    )


def look_at_all(urls: list[str], policy: Policy) -> list[Look]:
    """Look at addresses of different hosts at the same time."""
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        return list(pool.map(lambda url: look_at(url, policy), urls))


def look_on_disk(resource: dict[str, Any]) -> Look:
    """Tell whether the file of a resource is where the portal keeps it."""
    upload = uploader.get_resource_uploader(dict(resource))
    path = upload.get_path(resource["id"])
    storage = getattr(upload, "storage", None)
    there = storage.exists(files.FileData(path)) if storage is not None else Path(path).is_file()
    return Look(200) if there else Look(0, "no-file")


def _head(url: str, policy: Policy) -> safe_http.Answer | None:
    try:
        return safe_http.fetch(url, policy, method="HEAD")
    except NotAllowed:
        raise
    except FetchError as error:
        # Some servers answer HEAD with something that is no HTTP, or not at all, and GET as they should.
        if error.code in {"bad-answer", "not-reached"}:
            return None
        raise
