"""The one tables hold what everybody may have, so everybody may read them."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = [
    "hokkaido_combined_left_list",
    "hokkaido_combined_list",
    "hokkaido_combined_rebuild",
    "hokkaido_combined_record_show",
    "hokkaido_combined_search",
    "hokkaido_combined_show",
]


@tk.auth_allow_anonymous_access
def hokkaido_combined_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see which tables there are."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_combined_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see what a table is made of."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_combined_search(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the rows of a table."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_combined_left_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see what is not in a table: it stands in files that everybody may have."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_combined_record_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read a record."""
    return {"success": True}


def hokkaido_combined_rebuild(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators have tables made anew."""
    return {"success": False}
