"""One action, one transaction: committed at its end, taken back when anything goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model
from ckan.types import Context
from sqlalchemy.orm import Session

__all__ = ["session_of", "unit_of_work"]


def session_of(context: Context) -> Session:
    """Return the session of a call."""
    return context.get("session") or model.Session()


@contextmanager
def unit_of_work(context: Context) -> Iterator[Session]:
    """Yield the session of the call, and commit once at the end (unless the caller defers it)."""
    session = session_of(context)
    done = False
    try:
        yield session
        if context.get("defer_commit"):
            session.flush()
        else:
            session.commit()
        done = True
    finally:
        if not done:
            session.rollback()
