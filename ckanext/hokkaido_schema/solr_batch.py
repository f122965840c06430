"""CKAN's documents for its search index, gathered and sent together instead of one request and one commit each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib import search
from ckan.lib.search import index as ckan_index
from ckan.lib.search.common import make_connection

__all__ = ["Gathered", "gathered", "reindex"]


class Gathered:
    """Stands where CKAN expects its connection to Solr, and keeps what is handed to it."""

    url = ""

    def __init__(self) -> None:
        self._documents: list[dict[str, Any]] = []
        self._deletions: list[str] = []

    def add(self, docs: list[dict[str, Any]], **_how: Any) -> None:
        """Keep documents."""
        self._documents += docs

    def delete(self, q: str, **_how: Any) -> None:
        """Keep what is to be deleted."""
        self._deletions.append(q)

    def send(self) -> None:
        """Send everything to Solr; all of it is searchable when this returns."""
        commit = tk.asbool(tk.config.get("ckan.search.solr_commit", True))
        connection = make_connection()
        for query in self._deletions:
            connection.delete(q=query, commit=commit and not self._documents)
        if self._documents:
            connection.add(docs=self._documents, commit=commit)


_gathering: ContextVar[Gathered | None] = ContextVar("hokkaido_solr_batch", default=None)


def _connection(*args: Any, **kwargs: Any) -> Any:
    return _gathering.get() or make_connection(*args, **kwargs)


# CKAN builds a document and sends it in one function; the connection is the one place between the two. What is not
# gathering, in this thread and at this moment, gets CKAN's own.
ckan_index.make_connection = _connection


@contextmanager
def gathered() -> Iterator[Gathered]:
    """Gather the documents of whatever is indexed inside."""
    gatherer = Gathered()
    token = _gathering.set(gatherer)
    try:
        yield gatherer
    finally:
        _gathering.reset(token)


def reindex(ids: list[str]) -> None:
    """Bring the index in line with the database for some datasets; those that are gone from it are left out."""
    there = list(model.Session.execute(sa.select(model.Package.id).where(model.Package.id.in_(ids))).scalars())
    if there:
        with gathered() as found:
            search.rebuild(package_ids=there)
        found.send()
