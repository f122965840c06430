"""Pages of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.views.changes import changes
from ckanext.hokkaido_dcat.views.dump import dump
from ckanext.hokkaido_dcat.views.feed import feed
from ckanext.hokkaido_dcat.views.opendata_list import opendata_list_file
from ckanext.hokkaido_dcat.views.status import status

__all__ = ["changes", "dump", "feed", "opendata_list_file", "status"]
