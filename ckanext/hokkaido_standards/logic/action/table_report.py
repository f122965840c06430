"""What was found in the files of resources."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import session_of, spoken
from ckanext.hokkaido_standards.domain.linked_state import LinkedState
from ckanext.hokkaido_standards.model import LinkedFile, ResourceCheck
from ckanext.hokkaido_standards.service import check as checks
from ckanext.hokkaido_standards.service import linked

__all__ = ["hokkaido_table_report_list", "hokkaido_table_report_show"]

_SHOWN = ("standard", "form", "dialect", "confidence", "encoding", "score", "rows", "columns", "weights", "counts")


@tk.side_effect_free
def hokkaido_table_report_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show what was found in the file of a resource, stored here or at another site, to those who may have the file.

    :param id: id of the resource.
    :param brief: leave the findings out (optional).
    :returns: `state`: `checked`, `unreadable`, `large`, `missing`, `waiting` (for its check), `lost` (not at its site
        any more) or `link` (to something that is not fetched); with the first two `checked_at`, `standard`, `form`,
        `dialect`, `confidence`, `encoding`, `score`, `rows`, `columns`, `weights` (number of places by weight),
        `counts` (by rule) and `report`, as `hokkaido_table_check` returns it with at most twenty findings of one rule
        in one column, or nothing. `linked` is nothing for a file that is stored here, else `site` (its host),
        `fetched_at` (when the site last said what is in it, or nothing), `failed_since` (since when it does not, or
        nothing), `fault` (code of what is wrong) and `status` (of the last answer).
    :raises ObjectNotFound: when there is no such resource.
    """
    tk.check_access("hokkaido_table_report_show", context, data_dict)
    resource = model.Resource.get(data_dict["id"])
    if resource is None:
        raise tk.ObjectNotFound(tk._("There is no such file."))
    session = session_of(context)
    row = checks.find(session, resource.id)
    link = None if resource.url_type == "upload" else linked.find(session, resource.id)
    told = _told(link) if link and link.url == resource.url else None
    if row is None or not _is_of_now(row, resource, link):
        return {"state": _state(resource, link if told else None), "report": None, "linked": told}
    shown = {name: getattr(row, name) for name in _SHOWN}
    found = None if tk.asbool(data_dict.get("brief") or False) else checks.report_of(row)
    report = found.as_dict(spoken()) if found else None
    return {"state": row.state, "checked_at": row.checked_at.isoformat(), **shown, "report": report, "linked": told}


@tk.side_effect_free
def hokkaido_table_report_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List how the tables of a dataset stand, to those who may have its files; by one question for all of them.

    :param id: id or name of the dataset.
    :returns: for each file that was checked as it is, in their order: `resource_id`, `checked_at`, `standard` (two
        digits or nothing), `form`, `dialect`, `score` (stars), `rows`, `columns`, `weights` (number of places by
        weight) and `counts` (by rule). Files that wait for their check, lead to no table or hold none are left out.
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


def _is_of_now(row: ResourceCheck, resource: model.Resource, link: LinkedFile | None) -> bool:
    """Tell whether a file is still the one that was checked, as far as that is known."""
    if resource.url_type == "upload":
        return not (resource.hash and row.digest and resource.hash != row.digest)
    return link is not None and link.url == resource.url and link.digest == row.digest


def _state(resource: model.Resource, link: LinkedFile | None) -> str:
    if resource.url_type == "upload":
        return "waiting"
    if link is None or link.state == LinkedState.NO_TABLE:
        return "link"
    return "lost" if link.state == LinkedState.LOST else "waiting"


def _told(link: LinkedFile) -> dict[str, Any]:
    moments = {name: getattr(link, name) for name in ("fetched_at", "failed_since")}
    told = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return told | {"site": link.host, "fault": link.fault, "status": link.status}
