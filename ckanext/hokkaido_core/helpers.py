"""Template helpers of the base pages."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["hokkaido_latest_datasets"]


def hokkaido_latest_datasets(limit: int = 4) -> list[dict[str, Any]]:
    """Return the datasets that changed last, as far as the visitor may see them.

    CKAN's own front page asks for the most viewed ones, which nobody counts unless the tracking plugin is on.
    """
    query = {"sort": "metadata_modified desc", "rows": limit, "fq": "+dataset_type:dataset +capacity:public"}
    return tk.get_action("package_search")({}, query)["results"]
