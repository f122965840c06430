"""What of a dataset goes into the search index, and how the index's answer is shown."""

from __future__ import annotations

import json
from typing import Any

from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["FACETS", "FILES", "prepare", "translate_facets"]

#: Facet fields of ours and the vocabulary of their codes.
FACETS = {"vocab_theme": "themes", "vocab_bureau": "bureaus"}

#: The number of a dataset's files: as a facet, it lets one search say how many files stand behind its hits.
FILES = "vocab_file_count"

_COMPOSITE = ("temporal_coverage", "contact")
_LISTS = {"theme": "themes", "spatial_code": "areas", "language": "languages"}
#: Solr refuses a term of more than 32,766 bytes in a field that is not analysed; 8,000 characters stay below it.
_LONGEST = 8_000
#: Fields that CKAN analyses or only stores, and which may therefore be long.
_MAY_BE_LONG = {"title", "notes", "data_dict", "validated_data_dict", "text"}


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """Make a dataset fit for the index: lists become lists, groups become text, codes get their names."""
    for name in _COMPOSITE:
        groups = _loaded(document.pop(name, None))
        document[f"extras_{name}"] = " ".join(
            str(value) for group in groups if isinstance(group, dict) for value in group.values() if value
        )
    for name, source in _LISTS.items():
        codes = [str(code) for code in _loaded(document.pop(name, None))]
        document[f"vocab_{name}"] = codes
        document[f"extras_{name}"] = " ".join(_words(source, codes))
    if document.get("in_series"):
        document["vocab_in_series"] = [str(document["in_series"])]
    document["vocab_bureau"] = _bureaus(document["vocab_spatial_code"])
    document[FILES] = [str(len(document.get("res_url") or ()))]
    for key in [key for key, value in document.items() if _too_long(key, value)]:
        del document[key]
    return document


def translate_facets(facets: dict[str, Any], language: str) -> None:
    """Give the codes in search facets their names in the language of the page."""
    for field, source in FACETS.items():
        for item in facets.get(field, {}).get("items", []):
            item["display_name"] = vocabulary(source).label(item["name"], language)


def _loaded(value: Any) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = [value] if value else []
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _words(source: str, codes: list[str]) -> list[str]:
    found = vocabulary(source)
    words = []
    for code in codes:
        item = found.get(code)
        words += [code] if item is None else [code, item.ja, item.en]
    return words


def _bureaus(codes: list[str]) -> list[str]:
    areas, bureaus = vocabulary("areas"), vocabulary("bureaus").codes
    found = []
    for code in codes:
        item = areas.get(code)
        if item is None:
            continue
        city = areas.get(item.get("city"))
        bureau = code if code in bureaus else (city or item).get("bureau")
        if bureau and bureau not in found:
            found.append(bureau)
    return found


def _too_long(key: str, value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) > _LONGEST
        and key not in _MAY_BE_LONG
        and not key.startswith(("extras_", "res_extras_"))
    )
