"""The file of a resource in another encoding: first what would change, then the file."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import ckan.plugins.toolkit as tk
from ckan.types import Context, Response
from flask import Blueprint
from flask import Response as Sent

from ckanext.hokkaido_core.shared import refused_page, sentences
from ckanext.hokkaido_schema import conversions

__all__ = ["reading"]

reading = Blueprint("hokkaido_reading", __name__, url_prefix="/dataset/<id>/resource/<resource_id>")


@reading.errorhandler(tk.ObjectNotFound)
def not_found(_error: tk.ObjectNotFound) -> tuple[str, int]:
    """Say nothing of what is not there, or is not for this visitor."""
    return refused_page(404, tk._("There is no such file."))


@reading.errorhandler(tk.NotAuthorized)
def not_authorized(_error: tk.NotAuthorized) -> tuple[str, int]:
    """Say that a visitor who sees a dataset may not have its files."""
    return refused_page(403, tk._("You may not have this file."))


@reading.errorhandler(tk.ValidationError)
def invalid(error: tk.ValidationError) -> tuple[str, int]:
    """Say why a file cannot be had in the way that was asked for."""
    return refused_page(409, " ".join(sentences(error.error_dict)))


@reading.route("/convert")
def convert(id: str, resource_id: str) -> str | tuple[str, int]:  # noqa: A002 - as CKAN's own addresses name it.
    """Show what a file in another encoding would lose, and offer it."""
    shown = _shown(id, resource_id)
    encoding = tk.request.args.get("encoding", "utf-8")
    extra = {"pkg": shown["dataset"], "pkg_dict": shown["dataset"], "resource": shown["resource"], "encoding": encoding}
    try:
        extra["report"] = _report(resource_id)
    except tk.ValidationError as error:
        extra["problem"] = " ".join(sentences(error.error_dict))
        return tk.render("hokkaido_schema/resource/convert.html", extra), 409
    return tk.render("hokkaido_schema/resource/convert.html", extra)


@reading.route("/convert.txt")
def convert_report(id: str, resource_id: str) -> Response:  # noqa: A002
    """Send what a file in another encoding would lose as a text."""
    shown = _shown(id, resource_id)
    text = conversions.as_text(shown["resource"], _report(resource_id))
    return _attached(text.encode("utf-8-sig"), "text/plain; charset=utf-8", "conversion.txt")


@reading.route("/converted")
def converted(id: str, resource_id: str) -> Response:  # noqa: A002
    """Send a file in another encoding, piece by piece."""
    shown = _shown(id, resource_id)
    made = conversions.open_converted({}, shown["resource"], **_asked())
    return _attached(made.chunks, made.content_type, made.filename)


def _shown(dataset_id: str, resource_id: str) -> dict[str, Any]:
    context: Context = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    try:
        dataset = tk.get_action("package_show")(context, {"id": dataset_id})
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound from error
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        raise tk.ObjectNotFound
    return {"dataset": dataset, "resource": resource}


def _report(resource_id: str) -> dict[str, Any]:
    return tk.get_action("hokkaido_resource_conversion_show")({}, {"id": resource_id, **_asked()})


def _asked() -> dict[str, str]:
    return {name: tk.request.args.get(name, "") for name in ("encoding", "sheet")}


def _attached(body: Any, content_type: str, filename: str) -> Response:
    response = Sent(body, content_type=content_type)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", filename)
    # Old programs read the plain name, all others the one of RFC 5987.
    name = f"attachment; filename={plain}; filename*=UTF-8''{quote(filename, safe='')}"
    response.headers["Content-Disposition"] = name
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
