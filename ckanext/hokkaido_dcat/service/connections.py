"""Connections of the front's own, so that an answer costs one journey to the database and no more.

CKAN's connections are asked whether they still live before each use, and get their isolation level set and taken back;
for a page that has not changed that was more than the question itself. These stay as they are, outside of transactions,
and one that died is noticed by the question, which is then asked once more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from sqlalchemy.exc import DBAPIError

__all__ = ["Connections"]

T = TypeVar("T")

#: Kept open by a process; a process with more threads opens others while all are in use.
KEPT = 4


class Connections:
    """A pool of connections without transactions, made anew when CKAN changes its database (as tests do)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: sa.Engine | None = None
        self._beside: sa.Engine | None = None

    def read(self, question: Callable[[sa.Connection], T]) -> T:
        """Return what a question finds, asked again when its connection turns out to be dead.

        :param question: reads only, and may be called twice.
        :raises sqlalchemy.exc.SQLAlchemyError: when the database is away or refuses the question.
        """
        engine = self._current()
        try:
            with engine.connect() as connection:
                return question(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with engine.connect() as connection:
            return question(connection)

    def _current(self) -> sa.Engine:
        with self._lock:
            if self._engine is None or self._beside is not model.meta.engine:
                if self._engine is not None:
                    self._engine.dispose()
                self._beside = model.meta.engine
                self._engine = sa.engine_from_config(
                    dict(tk.config),
                    isolation_level="AUTOCOMMIT",
                    pool_pre_ping=False,
                    pool_reset_on_return=None,
                    pool_size=KEPT,
                )
            return self._engine
