"""Who may take descriptions in and give them out: whoever may make datasets, in the organisation that is named."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_schema.service import exchange as exchanges

__all__ = [
    "hokkaido_dataset_bulk_change",
    "hokkaido_dataset_export",
    "hokkaido_dataset_import",
    "hokkaido_exchange_confirm",
    "hokkaido_exchange_create",
    "hokkaido_exchange_drop",
    "hokkaido_exchange_list",
    "hokkaido_exchange_show",
    "hokkaido_exchange_undo",
]


def hokkaido_dataset_import(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors import into an organisation of theirs; where each record names its own, each is checked, too."""
    return _editor(context, data_dict.get("organization"))


def hokkaido_dataset_export(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors of the organisation: drafts are among what is given out."""
    return _editor(context, data_dict.get("organization"))


def hokkaido_exchange_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors of the organisation."""
    return _editor(context, data_dict.get("organization"), named=True)


def hokkaido_dataset_bulk_change(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors of the organisation."""
    return _editor(context, data_dict.get("organization"), named=True)


def hokkaido_exchange_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors of the organisation."""
    return _editor(context, data_dict.get("organization"), named=True)


def hokkaido_exchange_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Let editors of the organisation that the stored exchange belongs to."""
    found = exchanges.find(model.Session(), str(data_dict.get("id") or ""))
    if found is None:
        return {"success": False}
    if found.organization_id is None:
        user = model.User.get(context.get("user") or "")
        return {"success": user is not None and user.id == found.created_by}
    return _editor(context, found.organization_id, named=True)


hokkaido_exchange_confirm = hokkaido_exchange_show
hokkaido_exchange_drop = hokkaido_exchange_show
hokkaido_exchange_undo = hokkaido_exchange_show


def _editor(context: Context, organization: Any, *, named: bool = False) -> AuthResult:
    if not organization:
        return {"success": False} if named else authz.is_authorized("package_create", context, {})
    found = model.Group.get(str(organization))
    if found is None or not found.is_organization or found.state != "active":
        return {"success": False, "msg": tk._("You may not edit the datasets of this organisation.")}
    if authz.has_user_permission_for_group_or_org(found.id, context.get("user"), "create_dataset"):
        return {"success": True}
    return {"success": False, "msg": tk._("You may not edit the datasets of this organisation.")}
