"""What changed in the feed, and the whole of it, is for everyone; building it is for system administrators."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = [
    "hokkaido_feed_change_list",
    "hokkaido_feed_change_page_show",
    "hokkaido_feed_deletion_list",
    "hokkaido_feed_dump_build",
    "hokkaido_feed_dump_show",
]


@tk.auth_allow_anonymous_access
def hokkaido_feed_change_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see what changed: it tells of public datasets only, and of the others that they went."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_change_page_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the change stream."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_deletion_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone see which datasets went: their identifiers only."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_dump_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the whole feed: it holds public datasets only."""
    return {"success": True}


def hokkaido_feed_dump_build(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators build the dump."""
    return {"success": False}
