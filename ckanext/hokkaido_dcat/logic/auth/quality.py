"""A check says nothing that the description itself does not say, so who sees the one sees the other."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = ["hokkaido_feed_quality_list", "hokkaido_feed_quality_show", "hokkaido_feed_summary_show"]


@tk.auth_allow_anonymous_access
def hokkaido_feed_quality_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Let those check a dataset who may see it."""
    tk.check_access("package_show", context, {"id": tk.get_or_bust(data_dict, "id")})
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_quality_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the scores of public datasets."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_summary_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see how the feed stands."""
    return {"success": True}
