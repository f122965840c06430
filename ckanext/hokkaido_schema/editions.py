"""The other editions of a dataset in its series, and its versions, as far as a visitor may see them."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_schema import series

__all__ = ["around"]

#: A chain of versions is followed so far.
_MOST_VERSIONS = 20


def around(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what stands beside a dataset.

    :returns: `series` (title and name, or nothing), `editions` (the latest first, each with `name`, `title`, `period`
        and `current`), `ordered` (each of them has a period), `newer` and `older` (the neighbours, or nothing),
        `versions` (the latest first, each with `name`, `title`, `version` and `current`; nothing for one alone).
    """
    editions = _editions(dataset)
    at = next((place for place, one in enumerate(editions) if one["current"]), None)
    # Only a period makes one of a series the earlier and another the later; lists of places have no order.
    ordered = bool(editions) and all(one["period"] for one in editions)
    return {
        "series": series.seen(dataset.get("in_series")),
        "editions": editions,
        "ordered": ordered,
        "newer": editions[at - 1] if ordered and at else None,
        "older": editions[at + 1] if ordered and at is not None and at + 1 < len(editions) else None,
        "versions": _versions(dataset),
    }


def _editions(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    if not dataset.get("in_series"):
        return []
    found = series.members(dataset["in_series"])
    listed = [
        {
            "name": one["name"],
            "title": one["title"] or one["name"],
            "period": _period(one),
            "current": one["id"] == dataset["id"],
        }
        for one in found
    ]
    return listed if len(listed) > 1 else []


def _period(dataset: dict[str, Any]) -> dict[str, str] | None:
    periods = dataset.get("temporal_coverage") or []
    if isinstance(periods, str):
        periods = json.loads(periods)
    return {"start": periods[0].get("start") or "", "end": periods[0].get("end") or ""} if periods else None


def _versions(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    chain = [*reversed(_later(dataset["id"])), dataset["id"], *_earlier(dataset)]
    if len(chain) == 1:
        return []
    found = []
    for package_id in chain:
        known = series.seen(package_id)
        if known:
            version = (model.Package.get(package_id).version or "") if package_id else ""
            found.append({**known, "version": version, "current": package_id == dataset["id"]})
    return found if len(found) > 1 else []


def _earlier(dataset: dict[str, Any]) -> list[str]:
    found: list[str] = []
    following = dataset.get("previous_version")
    while following and following not in {*found, dataset["id"]} and len(found) < _MOST_VERSIONS:
        package = model.Package.get(following)
        if package is None:
            break
        found.append(package.id)
        following = (package.extras or {}).get("previous_version")
    return found


def _later(package_id: str) -> list[str]:
    """Return the datasets that took the place of this one, the nearest first; of two that claim to, the newest."""
    found: list[str] = []
    asked = package_id
    while len(found) < _MOST_VERSIONS:
        question = {
            "fq": f'previous_version:"{asked}"',
            "rows": 1,
            "include_private": True,
            "sort": "metadata_created desc",
        }
        results = tk.get_action("package_search")({}, question)["results"]
        if not results or results[0]["id"] in {*found, package_id}:
            break
        asked = results[0]["id"]
        found.append(asked)
    return found
