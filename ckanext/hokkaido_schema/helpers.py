"""Template helpers of the metadata schema."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz, model

from ckanext.hokkaido_core.domain.eras import date_label, japanese_date
from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema import series
from ckanext.hokkaido_schema.domain.tree import Unit
from ckanext.hokkaido_schema.service.tree import organization_tree
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_date_label",
    "hokkaido_filled_fields",
    "hokkaido_organization_place",
    "hokkaido_package",
    "hokkaido_parent_choices",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
    "humanize_entity_type",
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


def hokkaido_organization_place(organization_id: str) -> dict[str, tuple[Unit, ...]]:
    """Return what stands above an organisation (the root first) and right under it."""
    tree = organization_tree(model.Session)
    return {"ancestors": tree.ancestors(organization_id), "children": tree.children(organization_id)}


def hokkaido_parent_choices(organization_id: str | None, current: str | None) -> list[dict[str, str]]:
    """Return the organisations that the user may put this one under, the tree shown by indentation.

    :param organization_id: the organisation in the form, nothing when it is being made.
    :param current: name or id of its present parent, which stays in the list for anyone.
    """
    tree = organization_tree(model.Session)
    closed = {unit.id for unit in tree.descendants(organization_id)} | {organization_id} if organization_id else set()
    allowed = _administered()
    kept = tree.find(current)
    return [
        {"value": unit.name, "text": "　" * depth + unit.title}
        for unit, depth in tree.listed()
        if unit.id not in closed and (allowed is None or unit.id in allowed or unit == kept)
    ]


def _administered() -> set[str] | None:
    """Return the ids of the organisations that the user administers; nothing means all of them."""
    user = tk.current_user.name if tk.current_user.is_authenticated else ""
    if authz.is_sysadmin(user):
        return None
    found = tk.get_action("organization_list_for_user")({"user": user}, {"permission": "admin"})
    return {organization["id"] for organization in found}


def hokkaido_package(package_id: str | None) -> dict[str, str] | None:
    """Return title, name and type of a dataset or series that the user may see, or nothing."""
    return series.seen(package_id)


def hokkaido_series_choices(current: str | None) -> list[dict[str, str]]:
    """Return the series that the user may put a dataset into."""
    return series.offered(current)


def hokkaido_series_members(series_id: str) -> list[dict[str, Any]]:
    """Return the datasets of a series that the user may see, the latest first."""
    return series.members(series_id)


def hokkaido_series_of_organization(organization_id: str) -> list[dict[str, Any]]:
    """Return the series of an organisation that the user may see."""
    return series.of_organization(organization_id)


@tk.chained_helper
def humanize_entity_type(
    original: Callable[[str, str, str], str | None], entity_type: str, object_type: str, purpose: str
) -> str | None:
    """Call series what they are called in Japanese; CKAN makes a name of the type."""
    own = series.label(purpose) if (entity_type, object_type) == ("package", series.SERIES) else None
    return own or original(entity_type, object_type, purpose)
