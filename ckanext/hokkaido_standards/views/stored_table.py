"""The stored table of a resource: what was found in it."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Context, Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.shared import handle_refusals, spoken
from ckanext.hokkaido_standards.report_csv import report_csv as as_csv

__all__ = ["Page", "shown_file", "stored_table"]

stored_table = Blueprint("hokkaido_stored_table", __name__, url_prefix="/dataset/<id>/resource/<resource_id>")
handle_refusals(stored_table)

Page: TypeAlias = str | Response | tuple[str, int]


@stored_table.route("/table-report")
def report(id: str, resource_id: str) -> Page:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what was found in a stored file."""
    shown = shown_file(id, resource_id)
    shown["check"] = tk.get_action("hokkaido_table_report_show")({}, {"id": resource_id})
    return tk.render("hokkaido_standards/table/report.html", shown)


@stored_table.route("/table-report.csv")
def report_csv(id: str, resource_id: str) -> Page:  # noqa: A002
    """Send what was found in a stored file, one row a finding."""
    found = _report(id, resource_id)
    return _attached(f"\ufeff{as_csv([found], spoken())}", "text/csv; charset=utf-8", "table-report.csv")


@stored_table.route("/table-report.json")
def report_json(id: str, resource_id: str) -> Page:  # noqa: A002
    """Send what was found in a stored file for programs."""
    found = _report(id, resource_id)
    return _attached(json.dumps(found, ensure_ascii=False), "application/json", "table-report.json")


def shown_file(dataset_id: str, resource_id: str) -> dict[str, Any]:
    """Return a file and its dataset, as the visitor may see them; nothing of such a page is for a cache."""
    context: Context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    tk.request.environ["__no_cache__"] = True
    try:
        dataset = tk.get_action("package_show")(context, {"id": dataset_id})
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound(tk._("There is no such file.")) from error
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        raise tk.ObjectNotFound(tk._("There is no such file."))
    return {"pkg": dataset, "pkg_dict": dataset, "resource": resource}


def _report(dataset_id: str, resource_id: str) -> dict[str, Any]:
    shown_file(dataset_id, resource_id)
    found = tk.get_action("hokkaido_table_report_show")({}, {"id": resource_id})["report"]
    if found is None:
        raise tk.ObjectNotFound(tk._("The file has not been checked."))
    return found


def _attached(body: str, content_type: str, filename: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
