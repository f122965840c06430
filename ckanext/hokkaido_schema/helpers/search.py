"""The search page: conditions in words, other ways when nothing was found."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.domain.search_help import Place, places_in, shorter
from ckanext.hokkaido_schema.indexing import FACETS
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["hokkaido_facet_value", "hokkaido_search_help"]

_VOCABULARIES = {**FACETS, "license_id": "licences"}


def hokkaido_facet_value(field: str, value: str) -> str:
    """Return what a condition of the search is called, also when no hit is left to name it."""
    if field in _VOCABULARIES:
        return vocabulary(_VOCABULARIES[field]).label(value, spoken())
    if field == "organization":
        organization = model.Group.get(value)
        return (organization.title or organization.name) if organization else value
    return value


def hokkaido_search_help(words: str | None, conditions: dict[str, Any]) -> dict[str, Any]:
    """Return what a search that found nothing could be instead, each with the number of its hits.

    :param words: what was searched for.
    :param conditions: what the search was narrowed by.
    """
    words = (words or "").strip()
    return {
        "without_conditions": _count(words) if conditions else 0,
        "words": [{"words": one.words, "count": count} for one in shorter(words) if (count := _count(one.words))],
        "places": [_place(place) for place in places_in(words, _places())] if words else [],
        "themes": _themes(words),
    }


def _count(words: str) -> int:
    try:
        found = tk.get_action("package_search")({}, {"q": words, "rows": 0, "fq": "+dataset_type:dataset"})
    except (SearchError, tk.ValidationError):
        # Part of a search that only holds together as a whole, such as half of a phrase in quotation marks.
        return 0
    return found["count"]


def _places() -> list[Place]:
    return [Place(item.code, item.ja, item["kana"], item["bureau"]) for item in vocabulary("municipalities")]


def _place(place: Place) -> dict[str, str]:
    bureau = vocabulary("bureaus").label(place.bureau, spoken())
    item = vocabulary("municipalities").get(place.code)
    return {
        "title": item.label(spoken()) if item else place.name,
        "slug": item["slug"] if item else "",
        "bureau": place.bureau,
        "bureau_title": bureau,
    }


def _themes(words: str) -> list[dict[str, str]]:
    parts = [part for part in words.casefold().split() if len(part) > 1]
    return [
        {"code": item.code, "title": item.label(spoken())}
        for item in vocabulary("themes")
        if any(part in f"{item.ja} {item.en}".casefold() for part in parts)
    ]
