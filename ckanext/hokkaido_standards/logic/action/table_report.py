"""What was found in stored files."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken
from ckanext.hokkaido_standards.service import check as checks

__all__ = ["hokkaido_table_report_list", "hokkaido_table_report_show"]

_SHOWN = ("standard", "form", "dialect", "confidence", "encoding", "score", "rows", "columns", "weights", "counts")


@tk.side_effect_free
def hokkaido_table_report_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what was found in the stored file of a resource, to those who may have the file.

    :param id: id of the resource.
    :param brief: leave the findings out (optional).
    :returns: `state`: `checked`, `unreadable`, `large`, `missing`, `waiting` (for its check) or `link` (to another
        site); with the first two `checked_at`, `standard`, `form`, `dialect`, `confidence`, `encoding`, `score`,
        `rows`, `columns`, `weights` (number of places by weight), `counts` (by rule) and `report`, as
        `hokkaido_table_check` returns it with at most twenty findings of one rule in one column, or nothing.
    :raises ObjectNotFound: when there is no such resource.
    """
    tk.check_access("hokkaido_table_report_show", context, data_dict)
    resource = model.Resource.get(data_dict["id"])
    if resource is None:
        raise tk.ObjectNotFound(tk._("There is no such file."))
    row = checks.find(session_of(context), resource.id)
    if row is None or (resource.hash and row.digest and resource.hash != row.digest):
        return {"state": "waiting" if resource.url_type == "upload" else "link", "report": None}
    shown = {name: getattr(row, name) for name in _SHOWN}
    found = None if tk.asbool(data_dict.get("brief") or False) else checks.report_of(row)
    report = found.as_dict(spoken()) if found else None
    return {"state": row.state, "checked_at": row.checked_at.isoformat(), **shown, "report": report}


@tk.side_effect_free
def hokkaido_table_report_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List how the tables of a dataset stand, to those who may have its files; by one question for all of them.

    :param id: id or name of the dataset.
    :returns: for each file that was checked as it is, in their order: `resource_id`, `checked_at`, `standard` (two
        digits or nothing), `form`, `dialect`, `score` (stars), `rows`, `columns`, `weights` (number of places by
        weight) and `counts` (by rule). Files that wait for their check, are links or hold no table are left out.
    :raises ObjectNotFound: when there is no such dataset.
    """
    tk.check_access("hokkaido_table_report_list", context, data_dict)
    package = model.Package.get(data_dict["id"])
    if package is None:
        raise tk.ObjectNotFound(tk._("There is no such dataset."))
    return [
        {"resource_id": row.resource_id, "checked_at": row.checked_at.isoformat()}
        | {name: getattr(row, name) for name in _SHOWN}
        for row in checks.standings_of(session_of(context), package.id)
    ]
