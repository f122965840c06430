"""Counts the answers that harvesters get, whoever gives them: the front or a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.hokkaido_dcat import addresses
from ckanext.hokkaido_dcat.domain.readers import Reading
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS
from ckanext.hokkaido_dcat.service import visits

__all__ = ["FINISHED", "counted", "reading_of"]

#: In the environment of a request: its answer is the last page.
FINISHED = "hokkaido_dcat.finished"

#: What is served beside pages, by how the address goes on after that of the catalogue.
_BESIDE = {
    "/dump": Reading.DUMP,
    "/changes": Reading.CHANGES,
    "/deletions": Reading.CHANGES,
    "/opendata-list.": Reading.LIST,
}


def counted(environ: dict[str, Any], reading: Reading | None, start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Return what begins an answer and counts it.

    :param reading: what of the feed is read; nothing is counted without it.
    """
    if reading is None or environ["REQUEST_METHOD"] != "GET":
        return start_response

    def started(status: str, *arguments: Any) -> Any:
        code = status[:3]
        if code in {"200", "206", "304"}:
            agent, finished = environ.get("HTTP_USER_AGENT"), bool(environ.get(FINISHED))
            visits.note(agent, reading, unchanged=code == "304", finished=finished)
        return start_response(status, *arguments)

    return started


def reading_of(path: str) -> Reading | None:
    """Return what of the feed stands under a path, None where it is a page for people."""
    for beginning, reading in _BESIDE.items():
        if path.startswith(addresses.catalog_stem() + beginning):
            return reading
    return Reading.PAGES if addresses.catalog_extension(path) in EXTENSIONS else None
