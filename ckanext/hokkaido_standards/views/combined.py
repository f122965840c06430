"""`/combined`: the one table of each standard data set, as a page and as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, Request, make_response, send_file
from flask import Response as Sent

from ckanext.hokkaido_core.shared import caching, handle_refusals, pager, refused_page, sentences
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.logic.combined_dictize import EXTENSIONS
from ckanext.hokkaido_standards.logic.combined_files import combined_file, left_file
from ckanext.hokkaido_standards.logic.combined_wanted import FILTERS

__all__ = ["combined"]

combined = Blueprint("hokkaido_combined", __name__, url_prefix="/combined")
handle_refusals(combined)

_ROWS_OF_PAGE = 50
_ON_MAP = 1000
_OF_LEFT = 200


@combined.route("")
def index() -> str:
    """Show which standards have a table."""
    return tk.render(
        "hokkaido_standards/combined/index.html", {"tables": tk.get_action("hokkaido_combined_list")({}, {})}
    )


@combined.route("/<standard_id>")
def read(standard_id: str) -> str | tuple[str, int]:
    """Show a table with filters, a map, and where its rows are from."""
    shown = tk.get_action("hokkaido_combined_show")({}, {"id": standard_id})
    page = tk.h.get_page_number(tk.request.args)
    asked, errors = _asked(), dict[str, Any]()
    search = tk.get_action("hokkaido_combined_search")
    try:
        found = search({}, {"id": standard_id, "offset": (page - 1) * _ROWS_OF_PAGE, "limit": _ROWS_OF_PAGE, **asked})
        placed = (
            search({}, {"id": standard_id, "limit": _ON_MAP, **asked, "placed": True})
            if shown["places"]
            else {"rows": []}
        )
    except tk.ValidationError as error:
        errors, found, placed = error.error_dict, {"count": 0, "rows": []}, {"rows": [], "count": 0}
    values = {
        "table": shown,
        "found": found,
        "places": _places(found, placed),
        "asked": asked,
        "query": urlencode(asked),
        "errors": sentences(errors),
        "bureaus": list(vocabulary("bureaus")),
        "page": pager(found["rows"], page, found["count"], _ROWS_OF_PAGE),
    }
    text = tk.render("hokkaido_standards/combined/read.html", values)
    return (text, 400) if errors else text


def _asked() -> dict[str, str]:
    """Return the filters that an address names."""
    args = tk.request.args
    found = {name: ",".join(filter(None, args.getlist(name))) for name in FILTERS}
    return {name: text.strip() for name, text in found.items() if text.strip()}


def _places(found: dict[str, Any], placed: dict[str, Any]) -> dict[str, Any] | None:
    """Return the places of the rows as the map of files draws them."""
    rows = placed["rows"]
    if not rows:
        return None
    points = [
        {
            "row": number,
            "name": row.get("_name") or "",
            "latitude": row["_latitude"],
            "longitude": row["_longitude"],
            "iri": row["_iri"],
        }
        for number, row in enumerate(rows, 1)
    ]
    return {
        "points": points,
        "shapes": [],
        "blank": found["count"] - placed["count"],
        "more": placed["count"] - len(rows),
    }


@combined.route("/<standard_id>/left")
def left(standard_id: str) -> str:
    """Show the files and rows that are not in a table, and why."""
    shown = tk.get_action("hokkaido_combined_show")({}, {"id": standard_id})
    page = tk.h.get_page_number(tk.request.args)
    asked = {"id": standard_id, "offset": (page - 1) * _OF_LEFT, "limit": _OF_LEFT}
    found = tk.get_action("hokkaido_combined_left_list")({}, asked)
    pages = pager(found["rows"], page, found["count"], _OF_LEFT)
    return tk.render("hokkaido_standards/combined/left.html", {"table": shown, "found": found, "page": pages})


@combined.route("/<standard_id>/left.csv")
def left_csv(standard_id: str) -> Response:
    """Send the rows that are not in a table."""
    made = left_file({}, standard_id)
    return _sent(tk.request, made, f"combined-{standard_id}-left.csv", "text/csv; charset=utf-8")


def download(standard_id: str, extension: str) -> Response | tuple[str, int]:
    """Send a table, or those rows of it that are asked for."""
    try:
        made = combined_file({}, standard_id, extension, _asked())
    except tk.ValidationError as error:
        return refused_page(400, " ".join(sentences(error.error_dict)))
    suffix = "ngsild.json" if extension == "ngsild" else extension
    return _sent(tk.request, made, f"combined-{standard_id}.{suffix}", made["media_type"])


def _sent(request: Request, made: dict[str, Any], name: str, media_type: str) -> Response:
    """Return a file as the same for everybody, under a mark by which caches ask whether it is still right."""
    etag = made["etag"]
    if request.if_none_match.contains_weak(etag):
        response: Response = make_response("", 304)
    elif made.get("path"):
        response = send_file(made["path"], mimetype=media_type, as_attachment=True, download_name=name, etag=False)
    else:
        response = Sent(made["pieces"], mimetype=media_type)
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.set_etag(etag)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.status_code != 304:  # noqa: PLR2004 - not modified.
        response.headers["Content-Type"] = media_type
    return caching.shared(response)


for _extension in EXTENSIONS:
    _told = {"extension": _extension}
    combined.add_url_rule(f"/<standard_id>.{_extension}", view_func=download, defaults=_told)
