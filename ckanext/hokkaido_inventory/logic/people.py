"""Whose people a caller may look after."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.service.unit import Place, tree
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["managed", "manages", "places_of"]


def manages(viewer: Viewer, unit_id: str) -> bool:
    """Tell whether somebody may invite, change and remove people of a unit: the office, and admins of it or above."""
    return viewer.runs_surveys or unit_id in viewer.approves


def managed(viewer: Viewer) -> frozenset[str] | None:
    """Return the units whose people somebody looks after; nothing stands for all of them."""
    return None if viewer.runs_surveys else viewer.approves


def places_of(session: Session, viewer: Viewer) -> Sequence[Place]:
    """Return the organisations whose people somebody looks after."""
    return [place for place in tree(session) if manages(viewer, place.unit.id)]
