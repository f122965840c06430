"""Who calls an action, and how the actions of CKAN are called in their name."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

__all__ = ["as_caller", "stored_dataset", "user_of"]


def as_caller(context: Context, *, trusted: bool = False) -> Context:
    """Return a fresh context with the rights of the caller.

    :param trusted: for what our own check has allowed already; the caller stays the one who did it.
    """
    # CKAN's index may be a moment behind what is stored.
    fresh = Context(user=context.get("user", ""), use_cache=False)
    if trusted or context.get("ignore_auth"):
        fresh["ignore_auth"] = True
    return fresh


def user_of(context: Context) -> model.User:
    """Return the person who calls.

    :raises NotAuthorized: when nobody is logged in.
    """
    found = model.User.get(context.get("user") or "")
    if found is None or not found.is_active:
        raise tk.NotAuthorized(tk._("Log in first."))
    return found


def stored_dataset(context: Context, dataset_id: str | None) -> model.Package:
    """Return the stored row of a dataset; the rights of the caller are asked for elsewhere.

    :raises ObjectNotFound: when there is none, or it was deleted.
    """
    found = model.Package.get(dataset_id) if dataset_id else None
    if found is None or found.state == model.State.DELETED or found.type != "dataset":
        raise tk.ObjectNotFound(tk._("The dataset was not found."))
    return found
