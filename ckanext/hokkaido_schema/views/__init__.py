"""Pages of datasets and organisations beside CKAN's own, one file a subject; each calls an action and renders."""

from __future__ import annotations

from ckanext.hokkaido_schema.views.approval import approval
from ckanext.hokkaido_schema.views.describe import describe
from ckanext.hokkaido_schema.views.difference import difference
from ckanext.hokkaido_schema.views.directory import directory
from ckanext.hokkaido_schema.views.draft import draft
from ckanext.hokkaido_schema.views.exchange import exchange
from ckanext.hokkaido_schema.views.fetching import fetching
from ckanext.hokkaido_schema.views.file_order import file_order
from ckanext.hokkaido_schema.views.handover import handover
from ckanext.hokkaido_schema.views.reading import reading
from ckanext.hokkaido_schema.views.reorganization import reorganization
from ckanext.hokkaido_schema.views.upkeep import upkeep

__all__ = [
    "approval",
    "describe",
    "difference",
    "directory",
    "draft",
    "exchange",
    "fetching",
    "file_order",
    "handover",
    "reading",
    "reorganization",
    "upkeep",
]
