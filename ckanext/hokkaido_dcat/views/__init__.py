"""Pages of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.views.feed import feed
from ckanext.hokkaido_dcat.views.opendata_list import opendata_list_file

__all__ = ["feed", "opendata_list_file"]
