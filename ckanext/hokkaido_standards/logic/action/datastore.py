"""The DataStore's actions, as they are for the rows of the one tables: read through the gate, and written by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_standards.service.combined_rows import code_of

__all__ = ["datastore_create", "datastore_delete", "datastore_info", "datastore_run_triggers", "datastore_upsert"]

_Action = Callable[[Context, DataDict], Any]


def _refuse(data_dict: DataDict) -> None:
    resource = data_dict.get("resource_id")
    if isinstance(resource, str) and (code := code_of(model.Session(), resource)):
        message = tk._(
            "These rows follow the files of municipalities and are not changed here. Change the file that a row names "
            "as its source; /combined/%(code)s shows it."
        )
        raise tk.ValidationError({"resource_id": [message % {"code": code}]})


@tk.chained_action
def datastore_create(original: _Action, context: Context, data_dict: DataDict) -> Any:
    """Make a table of the DataStore, but never of a file of the one tables.

    :raises ValidationError: when the file is one of theirs.
    """
    _refuse(data_dict)
    return original(context, data_dict)


@tk.chained_action
def datastore_upsert(original: _Action, context: Context, data_dict: DataDict) -> Any:
    """Write rows into the DataStore, but never into a one table.

    :raises ValidationError: when the file is one of theirs.
    """
    _refuse(data_dict)
    return original(context, data_dict)


@tk.chained_action
def datastore_delete(original: _Action, context: Context, data_dict: DataDict) -> Any:
    """Delete rows or a table of the DataStore, but never of a one table.

    :raises ValidationError: when the file is one of theirs.
    """
    _refuse(data_dict)
    return original(context, data_dict)


@tk.chained_action
def datastore_run_triggers(original: _Action, context: Context, data_dict: DataDict) -> Any:
    """Run the triggers of a table of the DataStore, but never of a one table.

    :raises ValidationError: when the file is one of theirs.
    """
    _refuse(data_dict)
    return original(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def datastore_info(original: _Action, context: Context, data_dict: DataDict) -> Any:
    """Tell of a table of the DataStore; of a one table, the rows that everybody may have now are counted."""
    found = original(context, data_dict)
    resource = found.get("meta", {}).get("id")
    if resource and code_of(model.Session(), resource):
        asked = {"resource_id": resource, "limit": 0}
        shown = tk.get_action("datastore_search")({"user": context.get("user", "")}, asked)
        # Sizes would tell of rows that are not shown any more.
        told = {name: value for name, value in found["meta"].items() if name not in {"size", "idx_size", "db_size"}}
        found["meta"] = told | {"count": shown["total"]}
    return found
