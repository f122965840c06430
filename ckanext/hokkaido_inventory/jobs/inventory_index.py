"""The index of the public inventory follows the table, by message and by whatever changes how open a holding is."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.service import inventory_upkeep

__all__ = ["bring_along"]


@outbox.handler(inventory_upkeep.MESSAGE)
def bring_along(payload: dict[str, Any]) -> None:
    """Index what a message names; without an index there is nothing to do."""
    url = index_url()
    if url:
        session = model.Session()
        inventory_upkeep.refresh(session, url, payload)
        session.commit()
