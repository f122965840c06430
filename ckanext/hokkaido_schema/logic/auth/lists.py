"""Who may read the tree of organisations and the vocabularies: whoever may read the portal's own lists."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz
from ckan.types import AuthResult, Context, DataDict

__all__ = ["hokkaido_organization_tree_list", "hokkaido_vocabulary_show"]


@tk.auth_allow_anonymous_access
def hokkaido_organization_tree_list(context: Context, _data_dict: DataDict) -> AuthResult:
    """Follow CKAN's rule for its list of organisations."""
    return authz.is_authorized("organization_list", context, {})


@tk.auth_allow_anonymous_access
def hokkaido_vocabulary_show(context: Context, _data_dict: DataDict) -> AuthResult:
    """Follow CKAN's rule for its own vocabularies."""
    return authz.is_authorized("vocabulary_list", context, {})
