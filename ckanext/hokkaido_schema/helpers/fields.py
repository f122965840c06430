"""Values of the schema's fields as pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.hokkaido_core.domain.eras import date_label, japanese_date
from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_date_label",
    "hokkaido_filled_fields",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
]

#: What the dataset's page already shows in a place of its own.
_SHOWN_ELSEWHERE = {"title", "name", "notes", "tag_string", "license_id", "owner_org"}


def hokkaido_vocabulary_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the choices of a schema field that names a `vocabulary`."""
    return vocabulary(field["vocabulary"]).choices()


def hokkaido_vocabulary_label(name: str, code: str | None) -> str:
    """Return the label of a code in the language of the page."""
    return vocabulary(name).label(code, spoken())


def hokkaido_date_label(text: str | None) -> str:
    """Show an ISO date with its era beside it; other text stays as it is."""
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return text or ""
    if spoken() == "ja":
        return date_label(day)
    return f"{day.isoformat()} ({japanese_date(day)})"


def hokkaido_filled_fields(fields: list[dict[str, Any]], dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the schema fields that belong in the table of a dataset's page and have a value."""
    return [
        field
        for field in fields
        if field["field_name"] not in _SHOWN_ELSEWHERE
        and field.get("display_snippet", "") is not None
        and dataset.get(field["field_name"])
    ]
