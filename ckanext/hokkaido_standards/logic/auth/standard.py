"""Standards are for everybody; what takes their place is for system administrators."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = [
    "hokkaido_standard_list",
    "hokkaido_standard_load",
    "hokkaido_standard_show",
    "hokkaido_standard_template_show",
    "hokkaido_standard_unload",
]


@tk.auth_allow_anonymous_access
def hokkaido_standard_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see which standard data sets there are."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_standard_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see the columns of a standard data set."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_standard_template_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone have an empty table."""
    return {"success": True}


def hokkaido_standard_load(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators load a definition workbook: every check follows it."""
    return {"success": False}


def hokkaido_standard_unload(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators undo a loading."""
    return {"success": False}
