"""Tables of the inventory survey; none of it is a CKAN package."""

from __future__ import annotations

from ckanext.hokkaido_inventory.model.answer import Answer
from ckanext.hokkaido_inventory.model.event import Event
from ckanext.hokkaido_inventory.model.holding import Holding
from ckanext.hokkaido_inventory.model.promotion import Promotion
from ckanext.hokkaido_inventory.model.published import Published
from ckanext.hokkaido_inventory.model.remark import Remark
from ckanext.hokkaido_inventory.model.response import Response
from ckanext.hokkaido_inventory.model.survey import Survey

__all__ = ["Answer", "Event", "Holding", "Promotion", "Published", "Remark", "Response", "Survey"]
