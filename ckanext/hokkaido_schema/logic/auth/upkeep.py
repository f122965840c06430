"""Who may look after datasets: whoever may edit them; who may move what an organisation owns: who administers it."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_schema.logic.looking_after import administered, may
from ckanext.hokkaido_schema.service import link as links

__all__ = [
    "hokkaido_handover_show",
    "hokkaido_handover_update",
    "hokkaido_link_check",
    "hokkaido_link_list",
    "hokkaido_link_update",
    "hokkaido_organization_merge",
    "hokkaido_organization_rename",
    "hokkaido_upkeep_list",
]


def hokkaido_link_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may edit the dataset."""
    return authz.is_authorized("package_update", context, {"id": data_dict.get("dataset")})


def hokkaido_link_check(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may edit the dataset."""
    return authz.is_authorized("package_update", context, {"id": data_dict.get("dataset")})


def hokkaido_link_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may edit the dataset in which the link stands."""
    link = links.find(session_of(context), str(data_dict.get("id") or ""))
    if link is None:
        raise tk.ObjectNotFound(tk._("The link was not found."))
    return authz.is_authorized("package_update", context, {"id": link.package_id})


def hokkaido_upkeep_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow everybody who is signed in: each sees what is his; of a named organisation, its editors and admins."""
    if model.User.get(context.get("user")) is None:
        return {"success": False, "msg": tk._("Log in to see what is to be done.")}
    return {"success": True}


def hokkaido_handover_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow admins, each for their own organisations."""
    return _admin(context, data_dict)


def hokkaido_handover_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow admins, each for their own organisations."""
    return _admin(context, data_dict)


def hokkaido_organization_merge(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever administers all the organisations concerned."""
    named = [*tk.aslist(data_dict.get("from_organizations") or []), data_dict.get("to_organization")]
    return _admin_of_all(context, [name for name in named if name])


def hokkaido_organization_rename(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever administers the organisation."""
    return _admin_of_all(context, [data_dict.get("id")])


def _admin(context: Context, data_dict: DataDict) -> AuthResult:
    own = administered(context)
    named = model.Group.get(data_dict.get("organization")) if data_dict.get("organization") else None
    if own is None or (named.id in own if named else own):
        return {"success": True}
    return {"success": False, "msg": tk._("Only administrators of an organisation may do this.")}


def _admin_of_all(context: Context, names: list[str | None]) -> AuthResult:
    if not names:
        return _admin(context, {})
    groups = [model.Group.get(name) for name in names]
    if all(group is not None and may(context, group.id, "admin") for group in groups):
        return {"success": True}
    return {"success": False, "msg": tk._("Only administrators of all these organisations may do this.")}
