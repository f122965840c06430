"""The description of a dataset as texts by field, as its page shows them: what two descriptions are compared by."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = ["as_texts", "label_of"]

#: Fields that differ between any two datasets, or say nothing to a reader.
_LEFT_OUT = {"name", "identifier", "previous_version", "in_series"}


def as_texts(dataset: dict[str, Any]) -> dict[str, str]:
    """Return the fields of a dataset that have a value, each as one text."""
    texts = {}
    for field in _fields(dataset):
        name = field["field_name"]
        value = _tags(dataset) if name == "tag_string" else dataset.get(name)
        if name == "owner_org":
            value = (dataset.get("organization") or {}).get("title")
        if name not in _LEFT_OUT and value not in (None, "", [], {}):
            texts[name] = _text(field, value)
    names = [str(one.get("name") or one.get("url") or "") for one in dataset.get("resources") or ()]
    return texts | ({"resources": "\n".join(names)} if names else {})


def label_of(dataset: dict[str, Any], name: str) -> str:
    """Return the label of a field."""
    if name == "resources":
        return tk._("Files")
    field = next((one for one in _fields(dataset) if one["field_name"] == name), None)
    return tk.h.scheming_language_text(field["label"]) if field else name


def _fields(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    schema = tk.h.scheming_get_dataset_schema(dataset.get("type") or "dataset") or {}
    return schema.get("dataset_fields", [])


def _tags(dataset: dict[str, Any]) -> str:
    return "、".join(sorted(tag["display_name"] for tag in dataset.get("tags") or ()))


def _text(field: dict[str, Any], value: Any) -> str:
    if isinstance(value, str) and "repeating_subfields" in field:
        value = json.loads(value)
    if isinstance(value, list):
        between = "\n" if "repeating_subfields" in field else "、"
        return between.join(_text(field, one) for one in value if one)
    if isinstance(value, dict):
        labels = {one["field_name"]: tk.h.scheming_language_text(one["label"]) for one in field["repeating_subfields"]}
        return "\n".join(f"{label}: {value[key]}" for key, label in labels.items() if value.get(key))
    if field.get("vocabulary"):
        return vocabulary(field["vocabulary"]).label(str(value), spoken())
    if field["field_name"] == "license_id":
        return vocabulary("licences").label(str(value), spoken())
    return str(value)
