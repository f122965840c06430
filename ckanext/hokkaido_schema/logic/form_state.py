"""A stored dataset as its form shows it, and the shape of that form."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema.domain.form_values import FormShape, shape_of

__all__ = ["dataset_fields", "form_data", "form_shape", "names_of_fields"]


def dataset_fields() -> list[dict[str, Any]]:
    """Return the expanded fields of a dataset that a form asks for."""
    schema = tk.h.scheming_get_dataset_schema("dataset")
    return [one for one in schema["dataset_fields"] if one.get("form_snippet", "") is not None]


def names_of_fields() -> frozenset[str]:
    """Return the names of the fields of the form."""
    return frozenset(one["field_name"] for one in dataset_fields())


def form_shape() -> FormShape:
    """Return the kinds of the fields of the form."""
    return shape_of(dataset_fields())


def form_data(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return a dataset with its keywords as one text, in a stable order."""
    names = sorted(tag["name"] for tag in dataset.get("tags") or [])
    return {**dataset, "tag_string": ",".join(names)}
