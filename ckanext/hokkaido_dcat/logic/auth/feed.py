"""The feed is for everyone; its upkeep is for system administrators."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = [
    "hokkaido_feed_check",
    "hokkaido_feed_dataset_show",
    "hokkaido_feed_page_show",
    "hokkaido_feed_rebuild",
    "hokkaido_feed_schema_org_show",
    "hokkaido_feed_search",
    "hokkaido_feed_status_show",
    "hokkaido_opendata_list",
]


@tk.auth_allow_anonymous_access
def hokkaido_feed_page_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the feed: it holds public datasets only."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_dataset_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read what the feed says of a dataset."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_schema_org_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read what search engines read of a public dataset."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_feed_search(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone search the feed."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def hokkaido_opendata_list(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let everyone read the list: it holds public datasets only."""
    return {"success": True}


def hokkaido_feed_status_show(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators see the state of the feed."""
    return {"success": False}


def hokkaido_feed_check(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators compare the feed with the datasets."""
    return {"success": False}


def hokkaido_feed_rebuild(_context: Context, _data_dict: DataDict) -> AuthResult:
    """Let system administrators write the feed again."""
    return {"success": False}
