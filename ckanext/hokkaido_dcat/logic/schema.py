"""What the actions of the feed accept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Schema

from ckanext.hokkaido_dcat.domain.activity import TYPES
from ckanext.hokkaido_dcat.domain.dump import FILES
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT, PROFILES
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS

__all__ = [
    "feed_change_list",
    "feed_change_page_show",
    "feed_dataset_show",
    "feed_deletion_list",
    "feed_dump_build",
    "feed_dump_show",
    "feed_page_show",
    "feed_quality_list",
    "feed_quality_show",
    "feed_rebuild",
    "feed_schema_org_show",
    "feed_search",
    "opendata_list",
]


_HIGHEST = 2**50


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
        "after": [get("default")(0), get("natural_number_validator"), _reachable],
    }


def feed_dump_show() -> Schema:
    """Return the schema of a file of the dump: `file` (its name) and `profile`."""
    get = tk.get_validator
    return {"file": [get("not_empty"), get("one_of")(list(FILES))], **feed_dump_build()}


def feed_dump_build() -> Schema:
    """Return the schema of a build of the dump: `profile`."""
    get = tk.get_validator
    return {"profile": [get("default")(DEFAULT.name), get("one_of")(list(PROFILES))]}


def feed_change_list() -> Schema:
    """Return the schema of what happened: `page` from 1, or `last`: so many."""
    get = tk.get_validator
    return {"page": [get("default")(1), *_page()], "last": [get("ignore_missing"), *_page(), _at_most_1000]}


def feed_change_page_show() -> Schema:
    """Return the schema of a page of the change stream: `page` from 1 or nothing, `format`, `known` (entity tags)."""
    get = tk.get_validator
    return {
        "page": [get("ignore_missing"), *_page()],
        "format": [get("default")("trig"), get("one_of")(list(TYPES))],
        "known": [get("default")([]), get("list_of_strings")],
    }


def feed_deletion_list() -> Schema:
    """Return the schema of the deletions: `since` (ISO 8601), `after` (a position), `limit` up to 1000."""
    get = tk.get_validator
    return {
        "since": [get("ignore_missing"), _moment],
        "after": [get("default")(0), get("natural_number_validator"), _reachable],
        "limit": [get("default")(1000), get("natural_number_validator"), get("is_positive_integer"), _at_most_1000],
    }


def _page() -> list[Any]:
    get = tk.get_validator
    return [get("natural_number_validator"), get("is_positive_integer"), _reachable]


def _reachable(value: int) -> int:
    """Refuse numbers that no database column holds."""
    if value > _HIGHEST:
        raise tk.Invalid(tk._("There is nothing of this number."))
    return value


def _at_most_1000(value: int) -> int:
    return min(value, 1000)


def _moment(value: Any) -> datetime:
    """Return a time, aware; one without an offset is UTC."""
    try:
        moment = datetime.fromisoformat(str(value).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise tk.Invalid(
            tk._("{value} is not a time. Write it as 2026-04-01T00:00:00+09:00 (ISO 8601).").format(
                value=repr(str(value))
            )
        ) from error


def feed_rebuild() -> Schema:
    """Return the schema of a rebuild: `jobs` from 1, `restart`."""
    get = tk.get_validator
    return {
        "jobs": [get("default")(1), get("natural_number_validator"), get("is_positive_integer")],
        "restart": [get("default")(False), get("boolean_validator")],
    }


def feed_schema_org_show() -> Schema:
    """Return the schema of one dataset for search engines: `id` or name."""
    get = tk.get_validator
    return {"id": [get("not_empty"), get("unicode_safe")]}


def feed_quality_show() -> Schema:
    """Return the schema of a check: `id` or name of a dataset."""
    return {"id": [tk.get_validator("not_empty"), tk.get_validator("unicode_safe")]}


def feed_quality_list() -> Schema:
    """Return the schema of the list of scores: `organization`, `limit` up to 1,000, `offset`."""
    get = tk.get_validator
    return {
        "organization": [get("default")(""), get("unicode_safe")],
        "limit": [get("default")(50), get("natural_number_validator"), get("is_positive_integer"), _at_most_1000],
        "offset": [get("default")(0), get("natural_number_validator")],
    }
