"""What the other plugins may use of the inventory."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.offers import Offer, holding_offers
from ckanext.hokkaido_inventory.service.holding import Status

__all__ = ["Decision", "Offer", "Status", "holding_offers"]
