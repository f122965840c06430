"""Rows of the one tables are shown only where the gate stands before their searches."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_standards.service.combined_rows import code_of, is_gated

__all__ = ["datastore_info", "datastore_search"]


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_info(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    """Tell of a one table in the DataStore where the gate stands."""
    return _gated(next_auth, context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def datastore_search(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    """Show rows of a one table in the DataStore where the gate stands."""
    return _gated(next_auth, context, data_dict)


def _gated(next_auth: Any, context: Context, data_dict: DataDict) -> AuthResult:
    resource = data_dict.get("resource_id") or data_dict.get("id")
    if not is_gated() and isinstance(resource, str) and code_of(model.Session(), resource):
        return {"success": False, "msg": tk._("The rows of this file are not in the DataStore.")}
    return next_auth(context, data_dict)
