"""Who may describe, publish, copy and approve datasets: the editors of their organisation.

Of a dataset that somebody may not even see, nothing is said but that it was not found.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_schema.service.approval import latest

__all__ = [
    "hokkaido_approval_ask",
    "hokkaido_approval_decide",
    "hokkaido_approval_show",
    "hokkaido_approval_withdraw",
    "hokkaido_dataset_copy",
    "hokkaido_dataset_publish",
    "hokkaido_dataset_save",
    "hokkaido_draft_copy_delete",
    "hokkaido_draft_copy_preview",
    "hokkaido_draft_copy_show",
    "hokkaido_draft_copy_update",
    "hokkaido_draft_create",
    "hokkaido_draft_file_add",
    "hokkaido_draft_list",
    "hokkaido_edition_create",
]


def hokkaido_dataset_save(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may change the dataset."""
    _require_seen(context, data_dict)
    try:
        tk.check_access("package_update", context, {"id": data_dict.get("id")})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only editors of the organisation can change its datasets.")}
    return {"success": True}


hokkaido_dataset_publish = hokkaido_draft_file_add = hokkaido_approval_ask = hokkaido_approval_show = (
    hokkaido_dataset_save
)
hokkaido_approval_withdraw = hokkaido_dataset_save
hokkaido_draft_copy_update = hokkaido_draft_copy_show = hokkaido_draft_copy_delete = hokkaido_dataset_save
hokkaido_draft_copy_preview = hokkaido_dataset_save


def hokkaido_draft_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may make datasets in the organisation; without one, whoever may make any."""
    asked = {"owner_org": data_dict["owner_org"]} if data_dict.get("owner_org") else {}
    return authz.is_authorized("package_create", context, asked)


def hokkaido_draft_list(context: Context, _data_dict: DataDict) -> AuthResult:
    """Allow whoever is logged in; the list holds what they may see."""
    return {"success": bool(context.get("user"))}


def hokkaido_dataset_copy(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may see the dataset and make another one in its organisation."""
    _require_seen(context, data_dict)
    package = model.Package.get(data_dict.get("id"))
    return hokkaido_draft_create(context, {"owner_org": package.owner_org if package is not None else None})


def hokkaido_edition_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may change the dataset, which is put into a series, and make another one."""
    allowed = hokkaido_dataset_save(context, data_dict)
    return allowed if not allowed["success"] else hokkaido_dataset_copy(context, data_dict)


def hokkaido_approval_decide(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow an administrator of the organisation who is not the one who asks."""
    _require_seen(context, data_dict)
    package, user = model.Package.get(data_dict.get("id")), model.User.get(context.get("user") or "")
    if package is None or user is None or not package.owner_org:
        return {"success": False}
    row = latest(model.Session(), package.id)
    if row is not None and row.asked_by == user.id:
        return {"success": False, "msg": tk._("A second person has to decide, not the one who asks.")}
    if not authz.has_user_permission_for_group_or_org(package.owner_org, user.name, "membership"):
        return {"success": False, "msg": tk._("Only administrators of the organisation can approve its datasets.")}
    return {"success": True}


def _require_seen(context: Context, data_dict: DataDict) -> None:
    try:
        tk.check_access("package_show", context, {"id": data_dict.get("id")})
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound(tk._("The dataset was not found.")) from error
