"""Making searchable what a batch has stored: while its caller waits, or beside the next batch.

What Solr does not take is written to it later: the outbox asks until it answers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Self

from ckan import model
from pysolr import SolrError

from ckanext.hokkaido_schema.service.reindexing import ask_to_reindex
from ckanext.hokkaido_schema.solr_batch import Gathered

__all__ = ["Beside", "Send", "send"]

#: Takes documents and the ids of their datasets, which are committed; the session has nothing in it that is not.
Send = Callable[[Gathered, Sequence[str]], None]

log = logging.getLogger(__name__)


def send(found: Gathered, dataset_ids: Sequence[str]) -> None:
    """Make documents searchable before this returns."""
    _heed(found.send, dataset_ids)


def _heed(finish: Callable[[], None], dataset_ids: Sequence[str]) -> None:
    try:
        finish()
    except SolrError:
        log.exception("The index does not answer: what was stored is written to it later")
        ask_to_reindex(model.Session(), dataset_ids)
        model.Session.commit()


class Beside:
    """Sends one batch while the next one is planned; when the block ends everything is sent, or asked for."""

    def __enter__(self) -> Self:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._under_way: tuple[Future[None], Sequence[str]] | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            # What was begun is not stored, and must not be stored with the note of what Solr did not take.
            model.Session.rollback()
        try:
            self._wait()
        finally:
            self._thread.shutdown()

    def send(self, found: Gathered, dataset_ids: Sequence[str]) -> None:
        """Begin to send, once what was sent before has arrived."""
        self._wait()
        self._under_way = self._thread.submit(copy_context().run, found.send), dataset_ids

    def _wait(self) -> None:
        if self._under_way is not None:
            (future, dataset_ids), self._under_way = self._under_way, None
            _heed(future.result, dataset_ids)
