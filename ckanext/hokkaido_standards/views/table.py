"""Checks of tables that are not stored: in the form of a file, and for whoever tries one."""

from __future__ import annotations

from typing import Any, TypeAlias

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, jsonify

from ckanext.hokkaido_core.shared import handle_refusals, sentences
from ckanext.hokkaido_standards import config

__all__ = ["table"]

table = Blueprint("hokkaido_table", __name__)
handle_refusals(table)

Page: TypeAlias = str | Response | tuple[str, int]


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


def _found(report: dict[str, Any]) -> Any:
    extra = {"report": report, "digest": tk.h.hokkaido_table_digest(report)}
    return jsonify({"state": "done", "html": tk.render("hokkaido_standards/table/found.html", extra)})


def _size(upload: Any) -> int:
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return size
