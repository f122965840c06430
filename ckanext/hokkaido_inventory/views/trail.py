"""The whole trail of a round or of one response, on a page and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["trail"]

PAGE = 200
#: So many acts are read at once for the file.
BATCH = 5000

trail = Blueprint("hokkaido_trail", __name__, url_prefix="/survey/<survey_id>")
handle_refusals(trail)


@trail.route("/trail")
def survey(survey_id: str) -> str:
    """Show everything that was done in a round."""
    shown = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id})
    return _page(shown, None)


@trail.route("/unit/<unit>/trail")
def response(survey_id: str, unit: str) -> str:
    """Show everything that was done to one response."""
    shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    return _page(shown["survey"], shown["unit"])


@trail.route("/trail.csv")
def file(survey_id: str) -> Response:
    """Give the trail of a round as CSV (UTF-8 with BOM, as spreadsheet programs want it)."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([tk._("When"), tk._("Unit"), tk._("What"), tk._("Who"), tk._("Version"), tk._("From"), tk._("To")])
    start, count = 0, 1
    while start < count:
        found = tk.get_action("hokkaido_trail_list")({}, {"survey": survey_id, "start": start, "rows": BATCH})
        count, start = found["count"], start + BATCH
        rows.writerows([neutralise(str(cell)) for cell in _cells(event)] for event in found["results"])
    answer = make_response(("\ufeff" + written.getvalue()).encode())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="trail-{survey_id[:8]}.csv"'
    return answer


def _page(shown: dict[str, Any], unit: dict[str, Any] | None) -> str:
    page = max(tk.h.get_page_number(tk.request.args), 1)
    query = {"survey": shown["id"], "rows": PAGE, "start": (page - 1) * PAGE}
    found = tk.get_action("hokkaido_trail_list")({}, query | ({"unit": unit["id"]} if unit else {}))
    extra = {"survey": shown, "unit": unit, "trail": found, "page": page, "pages": -(-found["count"] // PAGE)}
    return tk.render("hokkaido_inventory/review/trail.html", extra)


def _cells(event: dict[str, Any]) -> list[Any]:
    actor, unit = event["actor"], event["unit"]
    return [
        tk.h.hokkaido_moment(event["at"]),
        unit["title"] if unit else "",
        event["act_label"],
        (actor["fullname"] or actor["name"]) if actor else "",
        event["version"] or "",
        event["state_from"] or "",
        event["state_to"] or "",
    ]
