"""What the actions of the standard data sets accept."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Schema

from ckanext.hokkaido_standards.domain.definition import Form

__all__ = ["FORMATS", "standard_load", "standard_show", "standard_template_show", "standard_unload", "table_repair"]

FORMATS = ("csv", "xlsx")
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
