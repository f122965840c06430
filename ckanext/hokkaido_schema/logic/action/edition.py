"""Copies of a dataset: another one like it, and the edition of the next year."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_schema.logic.caller import as_caller, stored_dataset
from ckanext.hokkaido_schema.logic.copying import description, moved_on, series_for
from ckanext.hokkaido_schema.logic.draft_writing import create_draft

__all__ = ["hokkaido_dataset_copy", "hokkaido_edition_create"]


def hokkaido_dataset_copy(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Begin a dataset with the description of another one, without its files.

    :param id: id or name of the dataset that is copied.
    :returns: the draft.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_dataset_copy", context, {"id": package.id})
    dataset = tk.get_action("package_show")(as_caller(context), {"id": package.id})
    fields = description(dataset)
    fields["title"] = tk._("{title} (copy)").format(title=dataset.get("title") or "")
    return create_draft(context, fields)


def hokkaido_edition_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Begin the edition of the next year: years and periods one on, the edition before named, both in one series.

    :param id: id or name of the dataset of this year.
    :returns: the draft.
    :raises ValidationError: when it is a draft itself, or what is stored of it breaks a rule that is newer.
    """
    package = stored_dataset(context, data_dict.get("id"))
    tk.check_access("hokkaido_edition_create", context, {"id": package.id})
    dataset = tk.get_action("package_show")(as_caller(context), {"id": package.id})
    if dataset["state"] != model.State.ACTIVE:
        raise tk.ValidationError({"message": [tk._("Publish this edition first; the next one follows it.")]})
    series = series_for(context, dataset)
    if dataset.get("in_series") != series:
        tk.get_action("package_patch")(as_caller(context), {"id": package.id, "in_series": series})
    fields = moved_on(description(dataset))
    return create_draft(context, fields | {"previous_version": package.id, "in_series": series})
