"""What of the published inventory siblings may ask for: data that is listed for all (design D21)."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import LISTED, Listed
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Published

__all__ = ["register"]


def register() -> None:
    """Let others see which data units have listed."""
    LISTED.add("inventory", _listed)


def _listed(session: Session) -> Iterator[Listed]:
    wanted = sa.select(Published.unit_id, Published.title, Published.holding_id).where(
        Published.listing == Listing.PUBLIC, Published.superseded_by.is_(None)
    )
    for unit_id, title, holding_id in session.execute(wanted):
        yield Listed(unit_id, title, f"/inventory/{holding_id}")
