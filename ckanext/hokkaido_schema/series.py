"""Series of datasets, which CKAN keeps as packages of another type, on the portal's pages."""

from __future__ import annotations

import json
import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.hokkaido_schema.domain.series import SERIES

__all__ = ["SERIES", "hide", "label", "members", "of_organization", "offered", "seen"]

_MOST = 1000
_ASKS_FOR_A_TYPE = re.compile(r"(?<![-!\w])dataset_type:")


def hide(search: dict[str, Any]) -> dict[str, Any]:
    """Leave series out of a search that asks for no type: who looks for datasets does not look for them.

    Who only leaves types out, as ckanext-dcat does, asks for none.
    """
    asked = [search.get("q"), search.get("fq"), *(search.get("fq_list") or ())]
    if not any(_ASKS_FOR_A_TYPE.search(str(one or "")) for one in asked):
        search["fq_list"] = [*(search.get("fq_list") or ()), f"-dataset_type:{SERIES}"]
    return search


def members(series_id: str) -> list[dict[str, Any]]:
    """Return the datasets of a series that the user may see, those with the latest period first."""
    question = {"fq": f'vocab_in_series:"{series_id}"', "rows": _MOST, "include_private": True}
    found = tk.get_action("package_search")({}, question)["results"]
    found.sort(key=lambda one: one["title"] or one["name"])
    return sorted(found, key=_start, reverse=True)


def _start(dataset: dict[str, Any]) -> str:
    periods = dataset.get("temporal_coverage") or []
    if isinstance(periods, str):
        periods = json.loads(periods)
    return max((str(one.get("start") or one.get("end") or "") for one in periods), default="")


def of_organization(organization_id: str) -> list[dict[str, Any]]:
    """Return the series of an organisation that the user may see, by title."""
    fq = f'dataset_type:{SERIES} owner_org:"{organization_id}"'
    question = {"fq": fq, "rows": _MOST, "sort": "title_string asc", "include_private": True}
    return tk.get_action("package_search")({}, question)["results"]


def offered(current: str | None) -> list[dict[str, str]]:
    """Return the series that the user may put a dataset into: those of the organisations where it may make datasets.

    :param current: id of the series that a dataset is in, which stays in the list for anyone.
    """
    found = tk.get_action("organization_list_for_user")({}, {"permission": "create_dataset"})
    owners = [organization["id"] for organization in found]
    query = model.Session.query(model.Package).filter_by(type=SERIES, state="active")
    series = query.filter(model.Package.owner_org.in_(owners)).order_by(model.Package.title).all()
    choices = [{"value": one.id, "text": _text(one)} for one in series]
    if current and current not in {one.id for one in series}:
        known = seen(current)
        choices.append({"value": current, "text": known["title"] if known else current})
    return choices


def _text(series: model.Package) -> str:
    title = series.title or series.name
    return f"{title} {tk._('(not public)')}" if series.private else title


def seen(package_id: str | None) -> dict[str, str] | None:
    """Return title, name and type of a package that the user may see, or nothing."""
    package = model.Package.get(package_id) if package_id else None
    if package is None or package.state != "active":
        return None
    try:
        tk.check_access("package_show", {}, {"id": package.id})
    except tk.NotAuthorized:
        return None
    return {"title": package.title or package.name, "name": package.name, "type": package.type or "dataset"}


def label(purpose: str) -> str | None:
    """Return what CKAN's pages say of a series in a place of theirs; nothing where their own words will do."""
    return {
        "add link": tk._("Add a series"),
        "breadcrumb": tk._("Series of datasets"),
        "content tab": tk._("Series"),
        "create label": tk._("Make a series"),
        "create title": tk._("Make a series"),
        "delete confirmation": tk._("Delete this series? Its datasets stay."),
        "main nav": tk._("Series of datasets"),
        "page title": tk._("Series of datasets"),
        "search placeholder": tk._("Search series…"),
        "update label": tk._("Save the series"),
        "view label": tk._("View the series"),
    }.get(purpose)
