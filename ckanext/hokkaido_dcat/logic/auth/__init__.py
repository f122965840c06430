"""Who may use the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.logic.auth.feed import (
    hokkaido_feed_check,
    hokkaido_feed_dataset_show,
    hokkaido_feed_page_show,
    hokkaido_feed_rebuild,
    hokkaido_feed_search,
    hokkaido_feed_status_show,
    hokkaido_opendata_list,
)

__all__ = [
    "hokkaido_feed_check",
    "hokkaido_feed_dataset_show",
    "hokkaido_feed_page_show",
    "hokkaido_feed_rebuild",
    "hokkaido_feed_search",
    "hokkaido_feed_status_show",
    "hokkaido_opendata_list",
]
