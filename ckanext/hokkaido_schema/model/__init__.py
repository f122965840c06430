"""Tables of the metadata schema: what is no part of a dataset itself."""

from __future__ import annotations

from ckanext.hokkaido_schema.model.exchange import Exchange, ExchangeItem

__all__ = ["Exchange", "ExchangeItem"]
