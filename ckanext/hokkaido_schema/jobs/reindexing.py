"""Writing datasets into CKAN's index again."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_schema import solr_batch

__all__ = ["reindex"]


def reindex(payload: dict[str, Any]) -> None:
    """Index datasets as they are now; doing it twice does no harm."""
    solr_batch.reindex(payload["ids"])
