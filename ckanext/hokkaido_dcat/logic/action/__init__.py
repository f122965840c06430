"""Actions of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.logic.action.dump import hokkaido_feed_dump_build, hokkaido_feed_dump_show
from ckanext.hokkaido_dcat.logic.action.feed import (
    hokkaido_feed_dataset_show,
    hokkaido_feed_page_show,
    hokkaido_feed_schema_org_show,
)
from ckanext.hokkaido_dcat.logic.action.opendata_list import hokkaido_opendata_list
from ckanext.hokkaido_dcat.logic.action.quality import (
    hokkaido_feed_quality_list,
    hokkaido_feed_quality_show,
    hokkaido_feed_summary_show,
)
from ckanext.hokkaido_dcat.logic.action.search import hokkaido_feed_search
from ckanext.hokkaido_dcat.logic.action.stream import (
    hokkaido_feed_change_list,
    hokkaido_feed_change_page_show,
    hokkaido_feed_deletion_list,
)
from ckanext.hokkaido_dcat.logic.action.upkeep import (
    hokkaido_feed_check,
    hokkaido_feed_rebuild,
    hokkaido_feed_status_show,
)

__all__ = [
    "hokkaido_feed_change_list",
    "hokkaido_feed_change_page_show",
    "hokkaido_feed_check",
    "hokkaido_feed_dataset_show",
    "hokkaido_feed_deletion_list",
    "hokkaido_feed_dump_build",
    "hokkaido_feed_dump_show",
    "hokkaido_feed_page_show",
    "hokkaido_feed_quality_list",
    "hokkaido_feed_quality_show",
    "hokkaido_feed_rebuild",
    "hokkaido_feed_schema_org_show",
    "hokkaido_feed_search",
    "hokkaido_feed_status_show",
    "hokkaido_feed_summary_show",
    "hokkaido_opendata_list",
]
