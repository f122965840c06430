"""Who may have a table checked."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz, model
from ckan.types import AuthResult, Context, DataDict

__all__ = [
    "hokkaido_table_check",
    "hokkaido_table_check_show",
    "hokkaido_table_check_start",
    "hokkaido_table_report_list",
    "hokkaido_table_report_show",
    "hokkaido_table_try",
]


def hokkaido_table_check(context: Context, data_dict: DataDict) -> AuthResult:
    """Let everybody who is signed in have a file checked: nothing of it is kept."""
    return {"success": True}


def hokkaido_table_check_start(context: Context, data_dict: DataDict) -> AuthResult:
    """Let everybody who is signed in have a large file checked: nothing of it is kept for longer than an hour."""
    return {"success": True}


def hokkaido_table_check_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Let whoever handed a file in see what came of it, and nobody else know of it."""
    return authz.is_authorized("hokkaido_task_show", tk.fresh_context(context), data_dict)


@tk.auth_allow_anonymous_access
def hokkaido_table_report_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Show how tables stand to those who may have the files of their dataset, which are given to the same people."""
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package is None:
        raise tk.ObjectNotFound(tk._("There is no such dataset."))
    first = next(iter(package.resources), None)
    if first is None:
        return authz.is_authorized("package_show", tk.fresh_context(context), {"id": package.id})
    return authz.is_authorized("hokkaido_resource_fetch", tk.fresh_context(context), {"id": first.id})


@tk.auth_allow_anonymous_access
def hokkaido_table_report_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Show what was found to those who may have the file: findings tell its values."""
    asked = {"id": tk.get_or_bust(data_dict, "id")}
    return authz.is_authorized("hokkaido_resource_fetch", tk.fresh_context(context), asked)


@tk.auth_allow_anonymous_access
def hokkaido_table_try(context: Context, data_dict: DataDict) -> AuthResult:
    """Let everybody try a file: nothing of it is kept, and how often is limited."""
    return {"success": True}
