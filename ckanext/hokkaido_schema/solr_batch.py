"""CKAN's documents for its search index, gathered and sent together instead of one request and one commit each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib import search
from ckan.lib.search import index as ckan_index
from ckan.lib.search.common import make_connection

__all__ = ["gathered", "reindex", "send"]

_gathering: ContextVar[_Gatherer | None] = ContextVar("hokkaido_solr_batch", default=None)


class _Gatherer:
    """Stands where CKAN expects its connection to Solr, and keeps what is handed to it."""

    url = ""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []

    def add(self, docs: list[dict[str, Any]], commit: bool = False) -> None:  # noqa: FBT001, FBT002 - pysolr's form.
        self.documents += docs


def _connection(*args: Any, **kwargs: Any) -> Any:
    return _gathering.get() or make_connection(*args, **kwargs)


# CKAN builds a document and sends it in one function; the connection is the one place between the two. What is not
# gathering, in this thread and at this moment, gets CKAN's own.
ckan_index.make_connection = _connection


@contextmanager
def gathered() -> Iterator[list[dict[str, Any]]]:
    """Gather the documents of whatever is indexed inside, and give them as a list that grows."""
    gatherer = _Gatherer()
    token = _gathering.set(gatherer)
    try:
        yield gatherer.documents
    finally:
        _gathering.reset(token)


def send(documents: list[dict[str, Any]]) -> None:
    """Send documents to Solr, all of them searchable when this returns."""
    if documents:
        commit = tk.asbool(tk.config.get("ckan.search.solr_commit", True))
        make_connection().add(docs=documents, commit=commit)


def reindex(ids: list[str]) -> None:
    """Bring the index in line with the database for some datasets."""
    with gathered() as documents:
        search.rebuild(package_ids=ids)
    send(documents)
