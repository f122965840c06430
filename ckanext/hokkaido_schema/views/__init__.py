"""Pages of datasets and organisations beside CKAN's own, one file a subject; each calls an action and renders."""

from __future__ import annotations

from ckanext.hokkaido_schema.views.approval import approval
from ckanext.hokkaido_schema.views.describe import describe
from ckanext.hokkaido_schema.views.draft import draft

__all__ = ["approval", "describe", "draft"]
