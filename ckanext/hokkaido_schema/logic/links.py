"""What a dataset may link to: a series, and the dataset that it replaces."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.hokkaido_schema.series import SERIES

__all__ = ["hokkaido_previous_version", "hokkaido_series"]


def _(text: str) -> str:
    return tk._(text)


def hokkaido_series(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Accept the name, id or address of a series that the user may see, and store its id."""
    if _unchanged(key, data, context):
        return
    found = _find(data[key], SERIES, context)
    if found is None:
        message = _("There is no series “{name}”. Choose one from the list, or make it on the organisation's page.")
        raise tk.Invalid(message.format(name=data[key]))
    data[key] = found


def hokkaido_previous_version(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Accept the name, id or address of another dataset that the user may see, and store its id."""
    if _unchanged(key, data, context):
        return
    found = _find(data[key], "dataset", context)
    if found is None:
        message = _("There is no dataset “{name}” on this portal. Write the end of its URL, or its address.")
        raise tk.Invalid(message.format(name=data[key]))
    package = context.get("package")
    if package is not None and found == package.id:
        raise tk.Invalid(_("A dataset cannot replace itself. Name the one that was there before."))
    data[key] = found


def _unchanged(key: FlattenKey, data: FlattenDataDict, context: Context) -> bool:
    """Tell whether there is nothing to look up: nothing, or the stored id, though its package be deleted or hidden."""
    package = context.get("package")
    return not data[key] or (package is not None and data[key] == (package.extras or {}).get(key[-1]))


def _find(text: Any, kind: str, context: Context) -> str | None:
    """Return the id of a package of a kind; one that the user may not see is treated as if there were none."""
    package = model.Package.get(_name(str(text).strip()))
    if package is None or package.state != "active" or (package.type or "dataset") != kind:
        return None
    asking: Context = {"user": context.get("user", ""), "ignore_auth": context.get("ignore_auth", False)}
    try:
        tk.check_access("package_show", asking, {"id": package.id})
    except tk.NotAuthorized:
        return None
    return package.id


def _name(text: str) -> str:
    """Return the name or id in the address of a page of this portal; other text is one already."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    here = urlsplit(tk.config["ckan.site_url"]).netloc
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) if parts.netloc == here else text
