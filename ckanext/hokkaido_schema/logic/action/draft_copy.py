"""What somebody is typing: kept on the server until it is saved, for nobody but its owner."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, unit_of_work
from ckanext.hokkaido_schema.domain.conflict import own_changes
from ckanext.hokkaido_schema.domain.form_values import read_form
from ckanext.hokkaido_schema.logic.caller import as_caller, stored_dataset, user_of
from ckanext.hokkaido_schema.logic.form_state import form_shape
from ckanext.hokkaido_schema.logic.previewing import shown_with
from ckanext.hokkaido_schema.service import draft_copy

__all__ = [
    "hokkaido_draft_copy_delete",
    "hokkaido_draft_copy_preview",
    "hokkaido_draft_copy_show",
    "hokkaido_draft_copy_update",
]

#: A form is some kilobytes; more is no form.
_MOST_BYTES = 512 * 1024
#: Names that a form carries for itself.
_NOT_KEPT = ("_csrf_token", "save")


def hokkaido_draft_copy_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keep what the caller has typed into the form of a dataset.

    :param id: id or name of the dataset.
    :param items: list of pairs of name and value, as in the form.
    :param version: the `metadata_modified` that the caller began from.
    :param base: marks of the fields that the caller began from.
    :returns: `{"updated_at": …}`.
    :raises ValidationError: when it is no form, or too large.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_draft_copy_update", context, {"id": package.id})
    items, base = _items(data_dict.get("items")), data_dict.get("base") or {}
    if items is None or not isinstance(base, dict):
        raise tk.ValidationError({"items": [tk._("These are no names and values of a form.")]})
    if len(json.dumps([items, base])) > _MOST_BYTES:
        raise tk.ValidationError({"items": [tk._("This is too much text for a form. Save it now.")]})
    version, owner = str(data_dict.get("version") or ""), user_of(context)
    with unit_of_work(context) as session:
        at = draft_copy.keep(session, package.id, owner.id, items=items, version=version, base=base)
    return {"updated_at": at.isoformat()}


def _items(found: Any) -> list[list[str]] | None:
    pairs = found if isinstance(found, list) else [None]
    if not all(isinstance(pair, list | tuple) and [type(one) for one in pair] == [str, str] for pair in pairs):
        return None
    return [[name, value] for name, value in pairs if name not in _NOT_KEPT]


@tk.side_effect_free
def hokkaido_draft_copy_show(context: Context, data_dict: DataDict) -> dict[str, Any] | None:
    """Show what the caller has typed and not saved; nothing when there is nothing.

    :param id: id or name of the dataset.
    :returns: `items`, `version`, `base` and `updated_at`.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_draft_copy_show", context, {"id": package.id})
    found = draft_copy.find(session_of(context), package.id, user_of(context).id)
    if found is None:
        return None
    at = found.updated_at.isoformat()
    return {"items": found.items, "version": found.version, "base": found.base, "updated_at": at}


@tk.side_effect_free
def hokkaido_draft_copy_preview(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a dataset as it would be shown with what the caller has typed and not saved; nobody else is shown that.

    :param id: id or name of the dataset.
    :returns: `dataset`, as `package_show` gives it; `unsaved`, the time at which what is typed was kept (nothing where
        the dataset is shown as it is stored); `refused`, by field, why a value is not in it.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_draft_copy_preview", context, {"id": package.id})
    kept = draft_copy.find(session_of(context), package.id, user_of(context).id)
    typed = {}
    if kept is not None:
        items = [(name, value) for name, value in kept.items]
        typed = own_changes(kept.base, read_form(items, form_shape(), complete="_form" in dict(items)))
    if kept is None or not typed:
        stored = tk.get_action("package_show")(as_caller(context), {"id": package.id})
        return {"dataset": stored, "unsaved": None, "refused": {}}
    dataset, refused = shown_with(context, package, typed)
    return {"dataset": dataset, "unsaved": kept.updated_at.isoformat(), "refused": refused}


def hokkaido_draft_copy_delete(context: Context, data_dict: DataDict) -> None:
    """Forget what the caller has typed and not saved.

    :param id: id or name of the dataset.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_draft_copy_delete", context, {"id": package.id})
    with unit_of_work(context) as session:
        draft_copy.drop(session, package.id, user_of(context).id)
