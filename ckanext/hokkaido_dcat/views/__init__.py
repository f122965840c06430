"""Pages of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.views.changes import changes
from ckanext.hokkaido_dcat.views.dump import dump
from ckanext.hokkaido_dcat.views.feed import feed

__all__ = ["changes", "dump", "feed"]
