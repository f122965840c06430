"""The DataStore holds what files hold: whoever may not have a file reads none of its rows there either."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import AuthResult, Context, DataDict

__all__ = ["datastore_info", "datastore_search", "datastore_search_sql"]


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_info(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    """Tell of the columns those who may have the file."""
    return _both(next_auth, context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    """Give rows to those who may have the file."""
    return _both(next_auth, context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search_sql(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    """Give rows to those who may have the files of every table in the question."""
    first = next_auth(context, data_dict)
    if not first["success"]:
        return first
    answers = (_fetch(context, name) for name in context.get("table_names", []))
    return next((answer for answer in answers if not answer["success"]), first)


def _both(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    first = next_auth(context, data_dict)
    return _fetch(context, data_dict.get("resource_id") or data_dict["id"]) if first["success"] else first


def _fetch(context: Context, resource_id: str) -> AuthResult:
    # A context of its own, since checks leave the objects they found in it.
    asking: Context = {"user": context.get("user", ""), "auth_user_obj": context["auth_user_obj"]}
    if context.get("ignore_auth"):
        asking["ignore_auth"] = True
    return authz.is_authorized("hokkaido_resource_fetch", asking, {"id": resource_id})
