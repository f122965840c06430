"""Pages of datasets and organisations beside CKAN's own, one file a subject; each calls an action and renders."""

from __future__ import annotations

from ckanext.hokkaido_schema.views.difference import difference
from ckanext.hokkaido_schema.views.reading import reading

__all__ = ["difference", "reading"]
