"""Who may have the table of a resource repaired."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import AuthResult, Context, DataDict

__all__ = ["hokkaido_table_repair", "hokkaido_table_repair_show", "hokkaido_table_repair_start"]


def hokkaido_table_repair(context: Context, data_dict: DataDict) -> AuthResult:
    """Let those repair a table who may change its dataset and have its file."""
    asked = {"id": data_dict.get("id")}
    tk.check_access("hokkaido_resource_fetch", context, asked)
    if authz.is_authorized_boolean("resource_update", context, asked):
        return {"success": True}
    return {"success": False, "msg": tk._("Only editors of the organisation can have its files repaired.")}


def hokkaido_table_repair_start(context: Context, data_dict: DataDict) -> AuthResult:
    """Let those have a repair begun who may have one."""
    return authz.is_authorized("hokkaido_table_repair", tk.fresh_context(context), {"id": data_dict.get("id")})


def hokkaido_table_repair_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Let whoever asked for a repair see what came of it, and nobody else know of it."""
    return authz.is_authorized("hokkaido_task_show", tk.fresh_context(context), data_dict)
