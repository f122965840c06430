"""What differs between two published rounds, as a page and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_inventory.domain.index_query import LAST
from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["changes"]

PAGE_SIZE = 50
LAST_PAGE = LAST // PAGE_SIZE
#: The file holds all of them, up to what no office holds.
WHOLE = 200_000
HEADINGS = ("区分", "組織", "番号", "データ名", "前の公開可否", "今の公開可否", "変わった項目", "ページ")

changes = Blueprint("hokkaido_changes", __name__)
handle_refusals(changes)


@changes.route("/inventory/changes")
def index() -> str:
    """Show what was added, changed, reclassified, opened, or has gone."""
    asked, text = _asked(), tk.request.args.get("page", "1")
    page = min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and text.isascii() else 1
    found = _found(asked, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    count = sum(one["count"] for one in found["unit"] if one["level"] == 0)
    pages = min(-(-count // PAGE_SIZE), LAST_PAGE)
    extra = {"asked": asked, "found": found, "page": page, "pages": pages, "count": count}
    return tk.render("hokkaido_inventory/changes/index.html", extra)


@changes.route("/inventory/changes.csv", endpoint="file")
def file_() -> Response:
    """Return the same as a CSV file."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADINGS)
    for row in _found(_asked(), 0, WHOLE)["results"]:
        writer.writerow([neutralise(str(cell)) for cell in _cells(row)])
    response = make_response(buffer.getvalue().encode("utf-8-sig"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=inventory-changes.csv"
    return response


def _asked() -> dict[str, str]:
    return {key: tk.request.args.get(key, "").strip() for key in ("from", "to", "unit", "kind")}


def _found(asked: dict[str, str], start: int, rows: int) -> dict[str, Any]:
    query = {key: value for key, value in asked.items() if value}
    return tk.get_action("hokkaido_inventory_difference")({}, query | {"start": start, "rows": rows})


def _cells(row: dict[str, Any]) -> list[str | int]:
    before, after = row["before"] or {}, row["after"] or {}
    return [
        "、".join(kind["label"] for kind in row["kinds"]),
        row["unit"]["title"],
        row["number"],
        row["title"],
        before.get("decision_label", ""),
        after.get("decision_label", ""),
        "、".join(field["label"] for field in row["fields"]),
        tk.h.url_for("hokkaido_holding.read", holding_id=row["id"], _external=True) if row["after"] else "",
    ]
