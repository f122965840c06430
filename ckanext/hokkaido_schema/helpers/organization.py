"""Organisations and their place in the tree."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_schema.domain.directory import Directory, arrange
from ckanext.hokkaido_schema.domain.tree import Unit
from ckanext.hokkaido_schema.logic.looking_after import administered
from ckanext.hokkaido_schema.service.directory import directory_entries
from ckanext.hokkaido_schema.service.tree import organization_tree
from ckanext.hokkaido_schema.vocabularies import vocabulary

__all__ = [
    "hokkaido_organization_directory",
    "hokkaido_organization_facts",
    "hokkaido_organization_place",
    "hokkaido_parent_choices",
]

#: Fields of an organisation that its page says in words of its own.
_SAID_ELSEWHERE = {"title", "name", "description", "image_url", "parent"}
#: How its own people work; nothing that a reader needs.
_INTERNAL = {"approval"}


def hokkaido_organization_place(organization_id: str) -> dict[str, tuple[Unit, ...]]:
    """Return what stands above an organisation (the root first) and right under it."""
    tree = organization_tree(model.Session)
    return {"ancestors": tree.ancestors(organization_id), "children": tree.children(organization_id)}


def hokkaido_organization_directory(words: str | None) -> Directory:
    """Return the organisations as a directory with the number of datasets that the visitor may see.

    :param words: what to look for in their names and readings; nothing means all of them.
    """
    query = {"rows": 0, "fq": "+dataset_type:dataset", "facet.field": ["organization"], "facet.limit": -1}
    counts = tk.get_action("package_search")({}, query)["facets"]["organization"]
    bureaus = [bureau.code for bureau in vocabulary("bureaus")]
    return arrange(directory_entries(model.Session, counts), bureaus, words or "")


def hokkaido_organization_facts(fields: list[dict[str, Any]], organization: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is known of an organisation as label and value, codes by their names, e-mail and URL as links.

    :param fields: the fields of the organisation's schema.
    """
    facts = []
    for field in fields:
        name = field["field_name"]
        value = organization.get(name)
        if not value or name in _SAID_ELSEWHERE | _INTERNAL:
            continue
        text = vocabulary(field["vocabulary"]).label(value, spoken()) if "vocabulary" in field else str(value)
        facts.append(
            {"name": name, "label": tk.h.scheming_language_text(field["label"]), "value": text, "link": _link(text)}
        )
    return facts


def _link(text: str) -> str:
    if text.startswith(("https://", "http://")):
        return text
    name, at, host = text.partition("@")
    return f"mailto:{text}" if at and name and "." in host and " " not in text else ""


def hokkaido_parent_choices(organization_id: str | None, current: str | None) -> list[dict[str, str]]:
    """Return the organisations that the user may put this one under, the tree shown by indentation.

    :param organization_id: the organisation in the form, nothing when it is being made.
    :param current: name or id of its present parent, which stays in the list for anyone.
    """
    tree = organization_tree(model.Session)
    closed = {unit.id for unit in tree.descendants(organization_id)} | {organization_id} if organization_id else set()
    allowed = administered({"user": tk.current_user.name})
    kept = tree.find(current)
    return [
        {"value": unit.name, "text": "　" * depth + unit.title}
        for unit, depth in tree.listed()
        if unit.id not in closed and (allowed is None or unit.id in allowed or unit == kept)
    ]
