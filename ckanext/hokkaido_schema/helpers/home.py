"""What the front page says of the datasets: figures, themes, bureaus, newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.indexing import FILES
from ckanext.hokkaido_schema.vocabularies import Item, vocabulary

__all__ = ["Overview", "hokkaido_overview"]

_NEWEST = 5
#: Size of a tile and of the space between two, in units of the picture.
_WIDTH, _HEIGHT, _GAP = 56, 46, 4


@dataclass(frozen=True, slots=True)
class Overview:
    """What one search says of everything that is public."""

    datasets: int
    files: int
    organizations: int
    newest: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    bureaus: list[dict[str, Any]]


def hokkaido_overview() -> Overview:
    """Return what the front page shows of the public datasets, by one search."""
    found = tk.get_action("package_search")(
        {},
        {
            "fq": "+dataset_type:dataset +capacity:public",
            "sort": "metadata_modified desc",
            "rows": _NEWEST,
            "facet.field": ["vocab_theme", "vocab_bureau", "organization", FILES],
            "facet.limit": -1,
        },
    )
    counts = found["facets"]
    return Overview(
        datasets=found["count"],
        files=sum(int(files) * datasets for files, datasets in counts[FILES].items()),
        organizations=len(counts["organization"]),
        newest=found["results"],
        themes=[
            {
                "code": item.code,
                "title": item.label(spoken()),
                "icon": item["icon"],
                "count": counts["vocab_theme"][item.code],
            }
            for item in vocabulary("themes")
            if counts["vocab_theme"].get(item.code)
        ],
        bureaus=[_bureau(item, counts["vocab_bureau"].get(item.code, 0)) for item in vocabulary("bureaus")],
    )


def _bureau(item: Item, count: int) -> dict[str, Any]:
    column, row = item["tile"]
    return {
        "code": item.code,
        "title": item.label(spoken()),
        "area": item.en.split()[0] if spoken().startswith("en") else item["area"],
        "members": item["members"],
        "count": count,
        "x": column * (_WIDTH + _GAP) + _GAP // 2,
        "y": row * (_HEIGHT + _GAP) + _GAP // 2,
    }
