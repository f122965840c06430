"""Who may read the file of a resource through the portal: whoever may have the file itself."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_schema.logic.fetching import check_fetch

__all__ = ["hokkaido_dataset_difference_show", "hokkaido_resource_conversion_show", "hokkaido_resource_preview"]


@tk.auth_allow_anonymous_access
def hokkaido_resource_preview(context: Context, data_dict: DataDict) -> AuthResult:
    """Show the beginning of a file to those who may have it."""
    return _may_fetch(context, data_dict)


@tk.auth_allow_anonymous_access
def hokkaido_resource_conversion_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Look through a file for those who may have it."""
    return _may_fetch(context, data_dict)


@tk.auth_allow_anonymous_access
def hokkaido_dataset_difference_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Compare two datasets for those who may see both; their files are asked for one by one."""
    for name in ("id", "other"):
        shown = authz.is_authorized("package_show", tk.fresh_context(context), {"id": data_dict[name]})
        if not shown["success"]:
            return shown
    return {"success": True}


def _may_fetch(context: Context, data_dict: DataDict) -> AuthResult:
    try:
        check_fetch(tk.fresh_context(context), tk.get_or_bust(data_dict, "id"))
    except tk.NotAuthorized as error:
        return {"success": False, "msg": str(error)}
    return {"success": True}
