"""`/catalog/opendata-list.csv`: the catalogue for aggregators that read no RDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, request, stream_with_context

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_core.shared import caching
from ckanext.hokkaido_dcat import addresses, negotiation

__all__ = ["opendata_list_file"]

opendata_list_file = Blueprint("hokkaido_opendata_list", __name__)

FILE_NAME = "オープンデータ一覧.csv"


def as_csv() -> Response:
    """Serve the whole list, or that of one organisation."""
    organization = request.args.get("organization", "")
    first = _part(organization, 0)
    modified = datetime.fromisoformat(first["modified"]) if first["modified"] else None
    headers = [request.headers.get(name, "") for name in ("If-None-Match", "If-Modified-Since")]
    if negotiation.not_modified([first["etag"]], modified, *headers):
        response = Response(status=304)
    else:
        rows = stream_with_context(_written(organization, first))
        response = Response(rows, content_type="text/csv; charset=utf-8")
        name = f"attachment; filename=opendata-list.csv; filename*=UTF-8''{quote(FILE_NAME)}"
        response.headers["Content-Disposition"] = name
    response.set_etag(first["etag"])
    if modified:
        response.headers["Last-Modified"] = negotiation.http_time(modified)
    return caching.shared(response)


def _part(organization: str, after: int) -> dict[str, Any]:
    return tk.get_action("hokkaido_opendata_list")({}, {"organization": organization, "after": after})


def _written(organization: str, part: dict[str, Any]) -> Iterator[bytes]:
    """Return the list as CSV in UTF-8 with BOM, part by part; no cell is a formula."""
    yield "\ufeff".encode() + _lines([part["headings"]])
    yield _lines(part["rows"])
    while part["next"] is not None:
        part = _part(organization, part["next"])
        yield _lines(part["rows"])


def _lines(rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([neutralise(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8")


def not_found(error: tk.ObjectNotFound) -> Response:
    """Answer an aggregator in plain text."""
    return Response(f"{error}\n", status=404, content_type="text/plain; charset=utf-8")


opendata_list_file.register_error_handler(tk.ObjectNotFound, not_found)
opendata_list_file.add_url_rule(f"{addresses.catalog_stem()}/opendata-list.csv", view_func=as_csv)
