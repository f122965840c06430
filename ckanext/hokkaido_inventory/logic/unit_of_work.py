"""One action, one transaction: committed at its end, taken back when anything goes wrong, refusals put into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan.types import Context
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
from ckanext.hokkaido_inventory.logic.refusal import said
from ckanext.hokkaido_inventory.logic.viewer import session_of

__all__ = ["unit_of_work"]


@contextmanager
def unit_of_work(context: Context) -> Iterator[Session]:
    """Yield the session of the call, and commit once at the end (unless the caller defers it).

    :raises ValidationError: in place of a refusal of the rules, with a message that says what to do next.
    """
    session = session_of(context)
    done = False
    try:
        yield session
        if context.get("defer_commit"):
            session.flush()
        else:
            session.commit()
        done = True
    except (Refusal, IllegalTransition) as refusal:
        raise tk.ValidationError(said(refusal)) from refusal
    finally:
        if not done:
            session.rollback()
