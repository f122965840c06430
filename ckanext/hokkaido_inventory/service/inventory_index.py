"""The Solr core of the public inventory (design D20): asked with short timeouts, and never needed to show a page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from ckanext.hokkaido_inventory.domain.index_query import Query, request

__all__ = ["IndexUnavailable", "Narrowed", "ask", "clear_except", "delete", "ids_and_stamps", "show", "write"]

#: Seconds to connect and to answer; a page that waits longer is served by the database.
FOR_PAGES = (0.5, 2.0)
FOR_WRITING = (2.0, 60.0)
#: So long an index that did not answer is not asked again by this process.
PAUSE = 10.0
#: Ids deleted or read in one request.
BATCH = 5000

_silent: dict[str, float] = {}


class IndexUnavailable(Exception):
    """The index does not answer, or answers that it cannot."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the index found: ids in order, how many there are in all, and the counts of each facet."""

    ids: tuple[str, ...]
    count: int
    facets: dict[str, dict[str, int]]
    #: How many rows the index holds, whatever was asked.
    whole: int


def ask(url: str, query: Query) -> Narrowed:
    """Ask the index which rows match.

    :raises IndexUnavailable: when it does not answer in time; it is left alone for a while then.
    """
    if time.monotonic() < _silent.get(url, 0.0):
        raise IndexUnavailable(url)
    try:
        answer = _post(url, "select", request(query), FOR_PAGES)
        found = answer["response"]
        facets = answer["facets"]
        return Narrowed(
            tuple(row["id"] for row in found["docs"]),
            found["numFound"],
            {name: _counts(values) for name, values in facets.items() if isinstance(values, dict)},
            facets["whole"]["count"],
        )
    except (IndexUnavailable, KeyError, TypeError) as error:
        _silent[url] = time.monotonic() + PAUSE
        raise IndexUnavailable(url) from error


def write(url: str, documents: Sequence[dict[str, Any]]) -> None:
    """Write documents; they are found after `show`."""
    if documents:
        _post(url, "update", list(documents), FOR_WRITING)


def delete(url: str, ids: Sequence[str]) -> None:
    """Take documents out by id."""
    for start in range(0, len(ids), BATCH):
        _post(url, "update", {"delete": list(ids[start : start + BATCH])}, FOR_WRITING)


def clear_except(url: str, run: str) -> None:
    """Take out everything that a run of the reindexing did not write; `run` is its id."""
    _post(url, "update", {"delete": {"query": f'*:* -run:"{run}"'}}, FOR_WRITING)


def show(url: str) -> None:
    """Let what was written be found."""
    _post(url, "update", {"commit": {}}, FOR_WRITING)


def ids_and_stamps(url: str) -> Iterator[tuple[str, str]]:
    """Yield id and stamp of every document."""
    cursor = "*"
    while True:
        asked = {
            "query": "*:*",
            "fields": ["id", "stamp"],
            "limit": BATCH,
            "sort": "id asc",
            "params": {"cursorMark": cursor},
        }
        answer = _post(url, "select", asked, FOR_WRITING)
        yield from ((row["id"], row.get("stamp", "")) for row in answer["response"]["docs"])
        if answer["nextCursorMark"] == cursor:
            return
        cursor = answer["nextCursorMark"]


def _counts(facet: dict[str, Any]) -> dict[str, int]:
    return {str(bucket["val"]): bucket["count"] for bucket in facet.get("buckets", ())}


def _post(url: str, handler: str, body: Any, seconds: tuple[float, float]) -> dict[str, Any]:
    try:
        with requests.Session() as session:
            # The address of the portal's own Solr; a proxy for the outer world has no part in this.
            session.trust_env = False
            response = session.post(f"{url.rstrip('/')}/{handler}", json=body, params={"wt": "json"}, timeout=seconds)
            response.raise_for_status()
            answer = response.json()
    except (requests.RequestException, ValueError) as error:
        raise IndexUnavailable(f"{url}: {error}") from error
    if not isinstance(answer, dict):
        raise IndexUnavailable(url)
    return answer
