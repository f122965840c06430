"""Drift between the counts that the database keeps of each response and its rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.service import tally
from ckanext.hokkaido_inventory.service.reconciliation import CHECKS, Check, Drift

__all__: list[str] = []


def _miscounted(session: Session) -> list[Drift]:
    """Find counts that a recount does not give: somebody has switched the triggers off."""
    return [
        Drift("tally_differs", one.response_id, f"{one.column}: {one.kept} / {one.counted}")
        for one in tally.drift(session)
    ]


def _recount(session: Session, found: Sequence[Drift]) -> int:
    if found:
        tally.rebuild(session)
    return len(found)


CHECKS.add("tally", Check(_miscounted, _recount))
