"""Who may read the tree of organisations, the vocabularies, and the files of a dataset."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_schema.logic import datastore_auth
from ckanext.hokkaido_schema.logic.fetching import may_have_files

__all__ = ["functions", "hokkaido_organization_tree_list", "hokkaido_resource_fetch", "hokkaido_vocabulary_show"]


def functions() -> dict[str, Any]:
    """Return the rules by name; those of the DataStore where the portal has one."""
    found = {
        one.__name__: one
        for one in (hokkaido_organization_tree_list, hokkaido_resource_fetch, hokkaido_vocabulary_show)
    }
    if p.plugin_loaded("datastore"):
        found |= {name: getattr(datastore_auth, name) for name in datastore_auth.__all__}
    return found


@tk.auth_allow_anonymous_access
def hokkaido_organization_tree_list(context: Context, _data_dict: DataDict) -> AuthResult:
    """Follow CKAN's rule for its list of organisations."""
    return authz.is_authorized("organization_list", context, {})


@tk.auth_allow_anonymous_access
def hokkaido_vocabulary_show(context: Context, _data_dict: DataDict) -> AuthResult:
    """Follow CKAN's rule for its own vocabularies."""
    return authz.is_authorized("vocabulary_list", context, {})


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
