"""What the actions of the feed accept."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Schema

from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS

__all__ = ["feed_dataset_show", "feed_page_show", "feed_search", "opendata_list"]


def feed_page_show() -> Schema:
    """Return the schema of a page: `format`, `profile`, `page` from 1, `known` (entity tags)."""
    get = tk.get_validator
    return {
        "format": [get("default")("ttl"), get("one_of")(list(EXTENSIONS))],
        "profile": [get("default")(DEFAULT.name), get("one_of")(list(PROFILES))],
        "page": [get("default")(1), get("natural_number_validator"), get("is_positive_integer")],
        "known": [get("default")([]), get("list_of_strings")],
    }


def feed_dataset_show() -> Schema:
    """Return the schema of one dataset: `id` or name, `format`, `profile`, `known` (entity tags)."""
    get = tk.get_validator
    return {
        "id": [get("not_empty"), get("unicode_safe")],
        "format": [get("default")("ttl"), get("one_of")(list(EXTENSIONS))],
        "profile": [get("default")(DEFAULT.name), get("one_of")(list(PROFILES))],
        "known": [get("default")([]), get("list_of_strings")],
    }


def feed_search() -> Schema:
    """Return the schema of a page of found datasets: that of a page, with `q`, `fq` and `modified_since`."""
    get = tk.get_validator
    return {
        **feed_page_show(),
        "q": [get("default")("*:*"), get("unicode_safe")],
        "fq": [get("default")(""), get("unicode_safe")],
        "modified_since": [get("default")(""), get("unicode_safe")],
    }


def opendata_list() -> Schema:
    """Return the schema of the list: `organization`, `after`."""
    get = tk.get_validator
    return {
        "organization": [get("default")(""), get("unicode_safe")],
        "after": [get("default")(0), get("natural_number_validator")],
    }
