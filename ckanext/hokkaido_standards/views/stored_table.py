"""The stored table of a resource: what was found in it, and its repair."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Context, Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.shared import handle_refusals, sentences, spoken
from ckanext.hokkaido_standards.report_csv import report_csv as as_csv

__all__ = ["stored_table"]

stored_table = Blueprint("hokkaido_stored_table", __name__, url_prefix="/dataset/<id>/resource/<resource_id>")
handle_refusals(stored_table)

Page: TypeAlias = str | Response | tuple[str, int]


@stored_table.route("/table-report")
def report(id: str, resource_id: str) -> Page:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what was found in a stored file."""
    shown = _shown(id, resource_id)
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


@stored_table.route("/table-repair", methods=["GET", "POST"])
def repair(id: str, resource_id: str) -> Page:  # noqa: A002
    """Show what a repair would change, or store the repaired file beside the one that it is made from."""
    shown = _shown(id, resource_id)
    try:
        if tk.request.method == "POST":
            return _repaired(shown, tk.request.form.get("hash", ""))
        return _difference(shown, [])
    except tk.ValidationError as error:
        # The file as it is cannot be repaired, or is not the one that was shown.
        return _refused(shown, sentences(error.error_dict))


def _repaired(shown: dict[str, Any], file_hash: str) -> Response:
    asked = {"id": shown["resource"]["id"], "confirm": True, "hash": file_hash}
    told = tk.get_action("hokkaido_table_repair")({}, asked)
    message = tk.ungettext(
        "The mended file was added to the dataset; the original stays as it was.",
        "{count} mended files were added to the dataset; the original stays as it was.",
        len(told["outputs"]),
    )
    tk.h.flash_success(message.format(count=len(told["outputs"])))
    dataset = shown["pkg"]
    made = {"id": dataset["name"], "resource_id": told["outputs"][0]["resource_id"]}
    return tk.redirect_to(f"{dataset['type']}_resource.read", **made)


def _difference(shown: dict[str, Any], errors: list[str]) -> str:
    told = tk.get_action("hokkaido_table_repair")({}, {"id": shown["resource"]["id"]})
    counts: Counter[str] = Counter()
    for finding in told["left"]:
        counts[finding["rule"]] += finding["count"]
    left = {"findings": told["left"], "counts": counts}
    return tk.render("hokkaido_standards/table/repair.html", {**shown, "told": told, "left": left, "errors": errors})


def _refused(shown: dict[str, Any], errors: list[str]) -> tuple[str, int]:
    try:
        return _difference(shown, errors), 409
    except tk.ValidationError:
        return tk.render("hokkaido_standards/table/repair.html", {**shown, "told": None, "errors": errors}), 409


def _shown(dataset_id: str, resource_id: str) -> dict[str, Any]:
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
    _shown(dataset_id, resource_id)
    found = tk.get_action("hokkaido_table_report_show")({}, {"id": resource_id})["report"]
    if found is None:
        raise tk.ObjectNotFound(tk._("The file has not been checked."))
    return found


def _attached(body: str, content_type: str, filename: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
