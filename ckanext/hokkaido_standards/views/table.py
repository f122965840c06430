"""Checks of tables: in the form of a file, on the page of a stored one, and for whoever tries one."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Context, Response
from flask import Blueprint, jsonify, make_response

from ckanext.hokkaido_core.shared import handle_refusals, sentences, spoken
from ckanext.hokkaido_standards import config
from ckanext.hokkaido_standards.report_csv import report_csv as as_csv

__all__ = ["table"]

table = Blueprint("hokkaido_table", __name__)
handle_refusals(table)

Page: TypeAlias = str | Response | tuple[str, int]

_STORED = "/dataset/<id>/resource/<resource_id>/table-report"


@table.route("/standards/try", methods=["GET", "POST"])
def attempt() -> Page:
    """Check a file for whoever chooses one; nothing of it is kept."""
    anonymous = tk.current_user.is_anonymous
    shown = {"limit": (config.try_bytes() if anonymous else config.check_bytes()) >> 20}
    if tk.request.method == "GET":
        return tk.render("hokkaido_standards/table/try.html", shown)
    # What is shown is read out of a file that is only the sender's.
    tk.request.environ["__no_cache__"] = True
    try:
        action = tk.get_action("hokkaido_table_try" if anonymous else "hokkaido_table_check")
        shown["report"] = action({}, {"upload": tk.request.files.get("upload")})
    except tk.ValidationError as error:
        shown["errors"] = sentences(error.error_dict)
        return tk.render("hokkaido_standards/table/try.html", shown), 429 if "often" in error.error_dict else 400
    return tk.render("hokkaido_standards/table/try.html", shown)


@table.route("/standards/check", methods=["POST"])
def glance() -> Any:
    """Say what was found in a file that was chosen in a form; a large one is checked while the page asks again."""
    upload, title = tk.request.files.get("upload"), tk.request.form.get("title", "")
    asked = {"upload": upload, "title": title}
    try:
        if upload is not None and _size(upload) > config.check_bytes():
            started = tk.get_action("hokkaido_table_check_start")({}, asked)
            return jsonify({"state": "waiting", "id": started["id"]})
        return _found(tk.get_action("hokkaido_table_check")({}, asked))
    except tk.ValidationError as error:
        return jsonify({"state": "failed", "message": " ".join(sentences(error.error_dict))})


@table.route("/standards/check/<task_id>")
def glance_again(task_id: str) -> Any:
    """Say how far the check of a large file is, and what was found."""
    shown = tk.get_action("hokkaido_table_check_show")({}, {"id": task_id})
    if shown["report"] is not None:
        return _found(shown["report"])
    failed = shown["state"] in {"failed", "done"}
    return jsonify({"state": "failed" if failed else "waiting", "id": task_id, "message": shown["message"]})


@table.route(_STORED)
def report(id: str, resource_id: str) -> Page:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what was found in a stored file."""
    return tk.render("hokkaido_standards/table/report.html", _stored(id, resource_id))


@table.route(f"{_STORED}.csv")
def report_csv(id: str, resource_id: str) -> Page:  # noqa: A002
    """Send what was found in a stored file, one row a finding."""
    found = _report(id, resource_id)
    return _attached(f"\ufeff{as_csv([found], spoken())}", "text/csv; charset=utf-8", "table-report.csv")


@table.route(f"{_STORED}.json")
def report_json(id: str, resource_id: str) -> Page:  # noqa: A002
    """Send what was found in a stored file for programs."""
    found = _report(id, resource_id)
    return _attached(json.dumps(found, ensure_ascii=False), "application/json", "table-report.json")


def _stored(dataset_id: str, resource_id: str) -> dict[str, Any]:
    """Return a file, its dataset and its check, as the visitor may have them."""
    context: Context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    tk.request.environ["__no_cache__"] = True
    try:
        dataset = tk.get_action("package_show")(context, {"id": dataset_id})
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound(tk._("There is no such file.")) from error
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        raise tk.ObjectNotFound(tk._("There is no such file."))
    check = tk.get_action("hokkaido_table_report_show")({}, {"id": resource_id})
    return {"pkg": dataset, "pkg_dict": dataset, "resource": resource, "check": check}


def _report(dataset_id: str, resource_id: str) -> dict[str, Any]:
    found = _stored(dataset_id, resource_id)["check"]["report"]
    if found is None:
        raise tk.ObjectNotFound(tk._("The file has not been checked."))
    return found


def _found(report: dict[str, Any]) -> Any:
    extra = {"report": report, "digest": tk.h.hokkaido_table_digest(report)}
    return jsonify({"state": "done", "html": tk.render("hokkaido_standards/table/found.html", extra)})


def _size(upload: Any) -> int:
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return size


def _attached(body: str, content_type: str, filename: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
