"""CKAN's activity stream, without what leads to the files of restricted datasets."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.hokkaido_schema import withholding

__all__ = [
    "activity_data_show",
    "activity_diff",
    "activity_show",
    "dashboard_activity_list",
    "group_activity_list",
    "organization_activity_list",
    "package_activity_list",
    "recently_changed_packages_activity_list",
    "user_activity_list",
]


@tk.side_effect_free
@tk.chained_action
def activity_show(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show an activity as CKAN does; of a restricted dataset without addresses of files."""
    reader = _reader(context)
    found = original(context, data_dict)
    withholding.from_activities(reader, [found])
    return found


@tk.side_effect_free
@tk.chained_action
def activity_data_show(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what an activity recorded, as CKAN does; of a restricted dataset without addresses of files."""
    reader = _reader(context)
    found = original(context, data_dict)
    # CKAN gives the dataset itself where its type is asked for, else everything by type.
    recorded = {"package": found} if data_dict.get("object_type") == "package" else found
    withholding.from_activities(reader, [{"data": recorded}])
    return found


@tk.side_effect_free
@tk.chained_action
def activity_diff(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Compare an activity with the one before, as CKAN does; the lines of a restricted dataset hold addresses of files.

    :returns: as CKAN does; `diff` is blank where addresses are withheld.
    """
    reader = _reader(context)
    found = original(context, data_dict)
    if withholding.from_activities(reader, found["activities"]):
        found["diff"] = ""
    return found


def _listing() -> Action:
    @tk.side_effect_free
    @tk.chained_action
    def listing(original: Action, context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
        """List activities as CKAN does; those of restricted datasets without addresses of files."""
        reader = _reader(context)
        found = original(context, data_dict)
        withholding.from_activities(reader, found)
        return found

    return listing


dashboard_activity_list = _listing()
group_activity_list = _listing()
organization_activity_list = _listing()
package_activity_list = _listing()
recently_changed_packages_activity_list = _listing()
user_activity_list = _listing()


def _reader(context: Context) -> Context:
    """Return who asks; what CKAN's checks leave in the context of a call is none of their rights."""
    return Context(user=context.get("user", ""), ignore_auth=context.get("ignore_auth", False))
