"""One action, one transaction of the core's, and refusals of the survey's rules put into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan.types import Context
from sqlalchemy.orm import Session

from ckanext.hokkaido_core import shared
from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
from ckanext.hokkaido_inventory.logic.refusal import said

__all__ = ["unit_of_work"]


@contextmanager
def unit_of_work(context: Context) -> Iterator[Session]:
    """Yield the session of the call, and commit once at the end (unless the caller defers it).

    :raises ValidationError: in place of a refusal of the rules, with a message that says what to do next.
    """
    try:
        with shared.unit_of_work(context) as session:
            yield session
    except (Refusal, IllegalTransition) as refusal:
        raise tk.ValidationError(said(refusal)) from refusal
