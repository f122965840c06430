"""Who may have the file of a resource; whatever reads or sends one asks here."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Context

__all__ = ["check_fetch", "may_fetch"]


def check_fetch(context: Context, resource_id: str) -> None:
    """Do nothing for those who may have the file.

    :raises NotAuthorized: when the user may not see the resource.
    :raises ObjectNotFound: when there is no such resource.
    """
    tk.check_access("resource_show", context, {"id": resource_id})


def may_fetch(context: Context, resource_id: str) -> bool:
    """Tell whether the user of the context may have the file of a resource."""
    try:
        check_fetch(context, resource_id)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True
