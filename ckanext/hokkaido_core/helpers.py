"""Template helpers of the base pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from markupsafe import Markup

from ckanext.hokkaido_core import config, home, pages
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.domain.japan_time import in_japan
from ckanext.hokkaido_core.language import spoken

__all__ = [
    "hokkaido_contact_url",
    "hokkaido_date",
    "hokkaido_fresh_assets",
    "hokkaido_latest_datasets",
    "hokkaido_max_file_size",
    "hokkaido_moment",
    "hokkaido_most_wanted",
    "hokkaido_now",
    "hokkaido_pager",
]

_WEEKDAYS = "月火水木金土日"


def hokkaido_date(value: str | date | None) -> str:
    """Return a day with its weekday: 2026年12月21日（月）; of a moment, the day it was in Japan."""
    if not value:
        return ""
    day = value if isinstance(value, date) else in_japan(value).date()
    if spoken().startswith("en"):
        return f"{day:%a} {day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def hokkaido_moment(value: str | None) -> str:
    """Return a time of the database (ISO 8601, UTC) as the clocks of Japan show it, to the minute."""
    if not value:
        return ""
    local = in_japan(value)
    return f"{hokkaido_date(local.date())} {local:%H:%M}"


def hokkaido_latest_datasets(limit: int = 4) -> list[dict[str, Any]]:
    """Return the datasets that changed last, as far as the visitor may see them.

    CKAN's own front page asks for the most viewed ones, which nobody counts unless the tracking plugin is on.
    """
    query = {"sort": "metadata_modified desc", "rows": limit, "fq": "+dataset_type:dataset +capacity:public"}
    return tk.get_action("package_search")({}, query)["results"]


def hokkaido_most_wanted(limit: int = 5) -> list[home.Wanted]:
    """Return what people have asked for most; nothing while no plugin keeps such a list."""
    return home.most_wanted(limit)


def hokkaido_pager(page: Page, **given: Any) -> Markup:
    """Return the links to the pages of a list; what is given stays in their addresses."""
    return pages.pager(page, **given)


def hokkaido_now() -> str:
    """Return the time of the page, as the clocks of Japan show it."""
    return hokkaido_moment(now().isoformat())


def hokkaido_contact_url() -> str:
    """Return the address of the page where the office in charge can be reached, empty when there is none."""
    return config.contact_url()


def hokkaido_fresh_assets() -> str:
    """Forget which styles and scripts were asked for: a page that broke off has taken them along."""
    tk.g.pop("_webassets", None)
    return ""


def hokkaido_max_file_size() -> int:
    """Return how many megabytes an uploaded file may have."""
    return tk.config["ckan.max_resource_size"]
