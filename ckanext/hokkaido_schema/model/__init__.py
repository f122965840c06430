"""Tables of the metadata schema: what is no part of a dataset itself."""

from __future__ import annotations

from ckanext.hokkaido_schema.model.digest import Digest
from ckanext.hokkaido_schema.model.exchange import Exchange, ExchangeItem
from ckanext.hokkaido_schema.model.link import Link
from ckanext.hokkaido_schema.model.reorganization import FormerName, OrganizationEvent

__all__ = ["Digest", "Exchange", "ExchangeItem", "FormerName", "Link", "OrganizationEvent"]
