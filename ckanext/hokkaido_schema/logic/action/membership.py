"""CKAN's `member_create` and `member_delete`, by which an organisation can also be hung under another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema.logic.placement import check_parent, may_administer
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["member_create", "member_delete"]


@tk.chained_action
def member_create(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Add a member to a group; a parent goes through the same rules as in the organisation form.

    :param id: the organisation (the child, when `object_type` is `group`).
    :param object: the member, or the parent.
    :raises ValidationError: when the organisation cannot stand under that parent.
    """
    if data_dict.get("object_type") == "group":
        _check_place(context, data_dict)
    return original(context, data_dict)


@tk.chained_action
def member_delete(original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict) -> Any:
    """Remove a member from a group; taking an organisation away from its parent is up to the parent's administrators.

    :param id: the organisation (the child, when `object_type` is `group`).
    :param object: the member, or the parent.
    :raises NotAuthorized: when the user does not administer the parent.
    """
    if data_dict.get("object_type") == "group":
        parent = organization_tree(model.Session).find(data_dict.get("object"))
        if parent is not None and not may_administer(context, parent.id):
            raise tk.NotAuthorized(tk._("You can move an organisation only between units that you administer."))
    return original(context, data_dict)


def _check_place(context: Context, data_dict: DataDict) -> None:
    tree = organization_tree(model.Session)
    unit, parent = tree.find(data_dict.get("id")), tree.find(data_dict.get("object"))
    if unit is None:
        return
    problem = check_parent(tree, unit.id, unit.kind, data_dict.get("object") or "")
    if problem is None and unit.parent not in {None, parent.id if parent else None}:
        problem = tk._("An organisation has one parent only.")
    if problem is not None:
        raise tk.ValidationError({"parent": [problem]})
    if parent is not None and not may_administer(context, parent.id):
        raise tk.NotAuthorized(tk._("You can move an organisation only between units that you administer."))
