"""What the templates of the dataset form ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema.domain.edition import next_edition, year_named
from ckanext.hokkaido_schema.domain.form_groups import grouped_file

__all__ = [
    "hokkaido_approval",
    "hokkaido_edition_label",
    "hokkaido_group_label",
    "hokkaido_problems",
    "hokkaido_resource_fields",
    "hokkaido_value_kind",
]


def hokkaido_problems(errors: Mapping[str, Any], fields: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return errors as a list for the top of a form: `label`, `message`, and `anchor` of the field.

    :param errors: by field, as an action gives them.
    :param fields: of the form, in its order.
    """
    known = {one["field_name"]: one for one in fields}
    ordered = [*(name for name in known if name in errors), *(name for name in errors if name not in known)]
    return [one for name in ordered for one in _problems(name, errors[name], known.get(name))]


def _problems(name: str, found: Any, field: dict[str, Any] | None) -> Iterator[dict[str, str]]:
    label = tk.h.scheming_language_text(field["label"]) if field else _OTHERS.get(name, lambda: "")()
    for number, one in enumerate(found if isinstance(found, list | tuple) else [found]):
        if not isinstance(one, Mapping):
            yield {"label": label, "message": str(one), "anchor": _anchor(name) if one else ""}
            continue
        parts = {part["field_name"]: part for part in (field or {}).get("repeating_subfields", ())}
        for part, messages in one.items():
            known = parts.get(part)
            words = tk.h.scheming_language_text(known["label"]) if known else part
            text = ", ".join(map(str, messages)) if isinstance(messages, list) else str(messages)
            yield {"label": f"{label} {number + 1} {words}", "message": text, "anchor": f"field-{name}-{number}-{part}"}


#: What is no field of the form.
_OTHERS = {"resources": lambda: tk._("File"), "approval": lambda: tk._("Approval"), "tags": lambda: tk._("Keywords")}


def _anchor(name: str) -> str:
    elsewhere = {"resources": "hk-files", "approval": "hk-approval", "tags": "field-tag_string", "message": ""}
    return elsewhere.get(name, f"field-{name}")


def hokkaido_group_label(name: str) -> str:
    """Return the heading of a folded group of fields."""
    return {
        "find": tk._("So that it is found: theme, keywords, area, period"),
        "keep": tk._("Updates: how often, since when"),
        "access": tk._("Who may use it"),
    }.get(name, tk._("Say more"))


def hokkaido_edition_label(dataset: Mapping[str, Any]) -> str:
    """Return what the button says that begins the next edition: with the year, where the dataset names one."""
    for text in (dataset.get("title"), dataset.get("subtitle")):
        if year := year_named(text or ""):
            return tk._("Add the edition of {year}").format(year=next_edition(year).removesuffix("版"))
    return tk._("Add the edition of the next year")


def hokkaido_approval(dataset_id: str) -> dict[str, Any]:
    """Return the state of the approval of a dataset that the reader may change."""
    return tk.get_action("hokkaido_approval_show")({}, {"id": dataset_id})


def hokkaido_resource_fields(dataset_type: str, data: dict[str, Any], errors: dict[str, Any]) -> tuple[Any, Any]:
    """Return the fields of a file that are in sight, and the folded groups of the others."""
    fields = tk.h.scheming_get_dataset_schema(dataset_type)["resource_fields"]
    return grouped_file(fields, data, errors)


def hokkaido_value_kind(kind: str | None) -> str:
    """Return what a kind of value of a column is called."""
    return {
        "integer": tk._("whole number"),
        "number": tk._("number"),
        "date": tk._("date"),
        "string": tk._("text"),
    }.get(kind or "", kind or "")
