"""Which organisations' datasets a person looks after, and administers."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import Context

from ckanext.hokkaido_schema import config

__all__ = ["administered", "looked_after", "may"]


def looked_after(context: Context) -> set[str] | None:
    """Return the ids of the organisations whose datasets the caller may edit; nothing means all of them.

    The portal office sees all, since it helps those that have nobody; what it may change stays CKAN's affair.
    """
    office = model.Group.get(config.portal_office()) if config.portal_office() else None
    if _everything(context) or (office is not None and may(context, office.id, "update_dataset")):
        return None
    return _with_permission(context, "update_dataset")


def administered(context: Context) -> set[str] | None:
    """Return the ids of the organisations that the caller administers; nothing means all of them."""
    return None if _everything(context) else _with_permission(context, "admin")


def may(context: Context, organization_id: str, permission: str) -> bool:
    """Tell whether the caller has a permission in an organisation, by a role there or above."""
    return _everything(context) or authz.has_user_permission_for_group_or_org(
        organization_id, context.get("user", ""), permission
    )


def _everything(context: Context) -> bool:
    return bool(context.get("ignore_auth")) or authz.is_sysadmin(context.get("user", ""))


def _with_permission(context: Context, permission: str) -> set[str]:
    asking: Context = {"user": context.get("user", "")}
    found = tk.get_action("organization_list_for_user")(asking, {"permission": permission})
    return {organization["id"] for organization in found}
