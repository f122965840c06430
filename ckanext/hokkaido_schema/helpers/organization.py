"""Organisations and their place in the tree."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model

from ckanext.hokkaido_schema.domain.tree import Unit
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = [
    "hokkaido_organization_place",
    "hokkaido_parent_choices",
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
