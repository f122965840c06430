"""Words of exchanges of descriptions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_exchange_field",
    "hokkaido_exchange_licence",
    "hokkaido_exchange_outcome",
    "hokkaido_exchange_value",
    "hokkaido_may_exchange",
]


def hokkaido_exchange_outcome(outcome: str) -> str:
    """Return what becomes of a description, as people say it."""
    return {
        "created": tk._("New"),
        "draft": tk._("New draft"),
        "updated": tk._("Changed"),
        "unchanged": tk._("Unchanged"),
        "conflict": tk._("Changed by somebody else meanwhile"),
        "refused": tk._("Not taken"),
    }.get(outcome, outcome)


def hokkaido_exchange_field(name: str) -> str:
    """Return the label of a field; of a file's field with the number of the file."""
    first, _dot, rest = name.partition(".")
    schema = tk.h.scheming_get_dataset_schema("dataset")
    if first == "resources" and "." in rest:
        number, _dot, field = rest.partition(".")
        return tk._("File {number}: {field}").format(number=number, field=_label(schema["resource_fields"], field))
    own = {"tags": tk._("Keywords"), "state": tk._("State"), "private": tk._("Visibility")}
    return own.get(name) or _label(schema["dataset_fields"], first)


def hokkaido_exchange_licence(code: str | None) -> str:
    """Return the short name of a licence."""
    item = vocabulary("licences").get(code)
    return str(item.get("short") or item.label(spoken())) if item else code or ""


def hokkaido_exchange_value(name: str, text: str) -> str:
    """Return a value of a field as people read it: codes by their names."""
    schema = tk.h.scheming_get_dataset_schema("dataset")
    first, _dot, rest = name.partition(".")
    fields = schema["resource_fields"] if first == "resources" else schema["dataset_fields"]
    wanted = rest.partition(".")[2] if first == "resources" else first
    field = next((one for one in fields if one["field_name"] == wanted), {})
    source = "licences" if wanted == "license_id" else field.get("vocabulary")
    if source:
        known = vocabulary(source)
        return "、".join(known.label(code, spoken()) for code in text.split("; "))
    words = {
        ("state", "active"): tk._("Finished"),
        ("state", "draft"): tk._("Draft"),
        ("private", "True"): tk._("Private"),
        ("private", "False"): tk._("Public"),
    }
    return words.get((name, text), text)


def _label(fields: list[dict[str, Any]], name: str) -> str:
    label = next((field.get("label") for field in fields if field["field_name"] == name), None)
    if isinstance(label, dict):
        return str(label.get(spoken().partition("_")[0]) or label.get("ja") or name)
    return str(label or name)


def hokkaido_may_exchange(organization_id: str) -> bool:
    """Tell whether the reader edits the datasets of an organisation."""
    return tk.h.check_access("hokkaido_exchange_list", {"organization": organization_id})
