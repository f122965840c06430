"""Who may have the file of a resource."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_schema.logic.fetching import may_have_files

__all__ = ["hokkaido_resource_fetch"]


@tk.auth_allow_anonymous_access
def hokkaido_resource_fetch(context: Context, data_dict: DataDict) -> AuthResult:
    """Let those have a file who see its resource; that of a restricted dataset only people of its organisation."""
    shown = authz.is_authorized("resource_show", context, data_dict)
    if not shown["success"]:
        return shown
    resource = model.Resource.get(data_dict["id"])
    package = model.Package.get(resource.package_id) if resource else None
    if package is not None and may_have_files(context, package):
        return {"success": True}
    return {"success": False, "msg": tk._("The files of this dataset are given on conditions; its page says which.")}
