"""What the other plugins may use of the metadata schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ckanext.hokkaido_schema.domain import opendata_list
from ckanext.hokkaido_schema.domain.access import STAFF_KINDS, is_closed, withhold
from ckanext.hokkaido_schema.domain.corporate_number import InvalidNumber as InvalidCorporateNumber
from ckanext.hokkaido_schema.domain.corporate_number import read_number as read_corporate_number
from ckanext.hokkaido_schema.domain.list_places import columns_of as opendata_list_columns
from ckanext.hokkaido_schema.domain.series import SERIES
from ckanext.hokkaido_schema.domain.staleness import staleness
from ckanext.hokkaido_schema.domain.standard_tags import STANDARD_TAG, tag_of
from ckanext.hokkaido_schema.possessions import POSSESSIONS, Possession, PossessionKind
from ckanext.hokkaido_schema.stored_file import NoFile, StoredFile, open_stored
from ckanext.hokkaido_schema.vocabularies import Item, UnknownVocabulary, Vocabulary, vocabulary
from ckanext.hokkaido_schema.vocabularies import fingerprint as vocabularies_fingerprint

__all__ = [
    "POSSESSIONS",
    "SERIES",
    "STAFF_KINDS",
    "STANDARD_TAG",
    "InvalidCorporateNumber",
    "Item",
    "NoFile",
    "Possession",
    "PossessionKind",
    "StoredFile",
    "UnknownVocabulary",
    "Vocabulary",
    "is_closed",
    "open_stored",
    "opendata_list_columns",
    "opendata_list_headings",
    "opendata_list_rows",
    "read_corporate_number",
    "schema_fields",
    "staleness",
    "tag_of",
    "vocabularies_fingerprint",
    "vocabulary",
    "vocabulary_word",
    "withhold",
]


def opendata_list_headings() -> tuple[str, ...]:
    """Return the 45 headings of オープンデータ一覧."""
    return opendata_list.HEADINGS


def opendata_list_rows(dataset: dict[str, Any]) -> Iterator[list[str]]:
    """Return a dataset as rows of オープンデータ一覧; `domain.opendata_list.rows` says what it must hold."""
    return opendata_list.rows(dataset, vocabulary_word)


def vocabulary_word(name: str, code: str) -> str:
    """Return what lists call a code; nothing for one that the vocabulary lacks, or where there is no vocabulary."""
    if not name:
        return ""
    item = vocabulary(name).get(code)
    if item is None:
        return ""
    # Licences have a short name, by which everybody writes them in such lists.
    return item.get("short") or item.ja


#: What is described -> its file below `schemas` and the part of the file.
_DESCRIBED = {
    "dataset": ("dataset.yaml", "dataset_fields"),
    "resource": ("dataset.yaml", "resource_fields"),
    "organization": ("organization.yaml", "fields"),
}


@cache
def schema_fields(kind: str) -> tuple[dict[str, Any], ...]:
    """Return the fields by which something is described, as the schema's file lists them.

    :param kind: `dataset`, `resource` or `organization`.
    """
    name, part = _DESCRIBED[kind]
    text = (files("ckanext.hokkaido_schema.schemas") / name).read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)[part])
