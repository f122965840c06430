"""CKAN's actions of members, by which an organisation can also be hung under another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.lib.dictization import model_dictize
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema.logic.placement import check_parent, may_administer
from ckanext.hokkaido_schema.service.membership import roles_in_organizations
from ckanext.hokkaido_schema.service.tree import organization_tree

__all__ = ["member_create", "member_delete", "organization_list_for_user"]


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


@tk.side_effect_free
@tk.chained_action
def organization_list_for_user(
    original: Callable[[Context, DataDict], Any], context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List the organisations in which somebody has a permission, by a role there or above.

    CKAN asks the database once for each organisation that somebody administers, several times a page; here it is asked
    twice, however many there are.

    :param id: the person (optional, the caller)
    :param permission: what they may do there (optional, `manage_group`)
    """
    person = model.User.get(data_dict["id"]) if data_dict.get("id") else None
    if data_dict.get("id") and person is None:
        raise tk.ObjectNotFound
    name = person.name if person else context["user"]
    if authz.is_sysadmin(name):
        return original(context, data_dict)
    tk.check_access("organization_list_for_user", context, data_dict)
    roles = authz.get_roles_with_permission(data_dict.get("permission", "manage_group"))
    user_id = authz.get_user_id_for_username(name, allow_none=True)
    cascading = authz.check_config_permission("roles_that_cascade_to_sub_groups") or []
    found = roles_in_organizations(model.Session, user_id, roles, cascading) if roles and user_id else {}
    if not found:
        return []
    context["with_capacity"] = True
    groups = model.Session.query(model.Group).filter(model.Group.id.in_(found)).all()
    return model_dictize.group_list_dictize(
        [(group, found[group.id]) for group in groups],
        context,
        with_package_counts=tk.asbool(data_dict.get("include_dataset_count")),
        with_member_counts=tk.asbool(data_dict.get("include_member_count")),
    )


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
