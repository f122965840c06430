"""What the actions of the standard data sets accept."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Schema

from ckanext.hokkaido_standards.domain.definition import Form

__all__ = [
    "FORMATS",
    "combined_left_list",
    "combined_rebuild",
    "combined_record_show",
    "combined_search",
    "combined_show",
    "standard_load",
    "standard_show",
    "standard_template_show",
    "standard_unload",
    "table_repair",
]

FORMATS = ("csv", "xlsx")
_MOST_ROWS = 1000
_FORMS = [form.value for form in Form]


def standard_show() -> Schema:
    """Return the schema of one set: `id` (two digits), `language` of the Table Schemas."""
    get = tk.get_validator
    return {
        "id": [get("not_empty"), get("unicode_safe")],
        "language": [get("ignore_empty"), get("one_of")(["ja", "en"])],
        "schemas": [get("default")(False), get("boolean_validator")],
    }


def standard_template_show() -> Schema:
    """Return the schema of an empty table: `id`, `format`, `form`, `municipality` (six digits)."""
    get = tk.get_validator
    return {
        "id": [get("not_empty"), get("unicode_safe")],
        "format": [get("default")("xlsx"), get("one_of")(list(FORMATS))],
        "form": [get("ignore_empty"), get("one_of")(_FORMS)],
        "municipality": [get("ignore_empty"), get("unicode_safe")],
    }


def standard_load() -> Schema:
    """Return the schema of a loading: `id`, `upload`, `sheet`, `source`, `dry_run`, `force`."""
    get = tk.get_validator
    return {
        "id": [get("not_empty"), get("unicode_safe")],
        "upload": [get("not_missing")],
        "sheet": [get("default")(""), get("unicode_safe")],
        "source": [get("default")(""), get("unicode_safe")],
        "dry_run": [get("default")(False), get("boolean_validator")],
        "force": [get("default")(False), get("boolean_validator")],
    }


def standard_unload() -> Schema:
    """Return the schema of an undoing: `id` (two digits)."""
    get = tk.get_validator
    return {"id": [get("not_empty"), get("unicode_safe")]}


def table_repair() -> Schema:
    """Return the schema of a repair: `id` of the resource, `confirm`, `hash` of the file that was shown."""
    get = tk.get_validator
    return {
        "id": [get("not_empty"), get("unicode_safe")],
        "confirm": [get("default")(False), get("boolean_validator")],
        "hash": [get("default")(""), get("unicode_safe")],
    }


def combined_show() -> Schema:
    """Return the schema of one table: `id` (two digits)."""
    return standard_unload()


def combined_left_list() -> Schema:
    """Return the schema of a piece of a list: `id`, `offset`, `limit`."""
    get = tk.get_validator
    limit = [get("default")(100), get("natural_number_validator"), lambda value: min(value, _MOST_ROWS)]
    return {**combined_show(), "offset": [get("default")(0), get("natural_number_validator")], "limit": limit}


def combined_search() -> Schema:
    """Return the schema of a search: `id`, `offset`, `limit`, and the filters, which `combined_wanted` reads."""
    get = tk.get_validator
    return {**combined_left_list(), "__extras": [get("ignore")]} | {
        name: [get("ignore_empty")] for name in ("municipality", "bureau", "bbox", "since", "until", "q", "placed")
    }


def combined_record_show() -> Schema:
    """Return the schema of one record: `iri`."""
    get = tk.get_validator
    return {"iri": [get("not_empty"), get("unicode_safe")]}


def combined_rebuild() -> Schema:
    """Return the schema of making tables anew: `id`, all without it."""
    get = tk.get_validator
    return {"id": [get("ignore_empty"), get("unicode_safe")]}
