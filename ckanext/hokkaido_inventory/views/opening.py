"""The plan of openings: days, datasets for what can be opened, and the plan as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_inventory.helpers import hokkaido_today
from ckanext.hokkaido_inventory.views.refusal import handle_refusals
from ckanext.hokkaido_inventory.workbook.plan import write_plan

__all__ = ["opening"]

PAGE_SIZE = 100
#: A file holds so many entries; the office's plan of a whole prefecture has fewer.
MOST_IN_FILE = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

opening = Blueprint("hokkaido_opening", __name__)
handle_refusals(opening)


@opening.route("/survey/plan")
def index() -> str:
    """Show the plan of the reader's units, or of one unit with everything that could be opened."""
    units = _units()
    asked = tk.request.args.get("unit", "").strip()
    unit = asked or (units[0]["name"] if len(units) == 1 else "")
    page = _page_number()
    # Without a unit the office would see whatever could be opened in the whole prefecture.
    found = _entries(unit, unplanned=bool(unit), start=(page - 1) * PAGE_SIZE, rows=PAGE_SIZE)
    extra = {
        "found": found,
        "unit": unit,
        "units": units,
        "page": page,
        "pages": -(-found["count"] // PAGE_SIZE),
        "ready": [entry for entry in found["results"] if entry["may"]["promote"]],
        "today": hokkaido_today().isoformat(),
    }
    return tk.render("hokkaido_inventory/opening/index.html", extra)


@opening.route("/survey/plan/<holding_id>", methods=["POST"])
def update(holding_id: str) -> Response:
    """Set, move or take away the day of one holding."""
    form = tk.request.form
    asked = {"holding": holding_id, "planned_on": form.get("planned_on", "").strip(), "note": form.get("note", "")}
    entry = tk.get_action("hokkaido_opening_update")({}, asked)
    if entry["planned_on"]:
        tk.h.flash_success(
            tk._("Planned: {title} — {day}").format(title=entry["title"], day=tk.h.hokkaido_date(entry["planned_on"]))
        )
    else:
        tk.h.flash_success(tk._("The plan for {title} was taken away.").format(title=entry["title"]))
    return _back(entry["unit"]["name"])


@opening.route("/survey/plan/promote", methods=["POST"])
def promote() -> Response:
    """Make the datasets of the holdings that were ticked."""
    tk.check_access("hokkaido_holding_promote_many", {}, {})
    form = tk.request.form
    unit = form.get("unit", "").strip()
    ids = form.getlist("holding")
    if not ids:
        tk.h.flash_error(tk._("Tick at least one row, then press the button again."))
        return _back(unit)
    done = tk.get_action("hokkaido_holding_promote_many")({}, {"ids": ids})
    if done["task"]:
        return tk.redirect_to(
            "hokkaido_task.read", task_id=done["task"], next=tk.url_for("hokkaido_opening.index", unit=unit)
        )
    _say(done["results"])
    return _back(unit)


@opening.route("/survey/plan.csv")
def csv_file() -> Response:
    """Hand the plan out as CSV: UTF-8 with a byte order mark; texts that would be calculated are made harmless."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in [_headings(), *_rows()]:
        writer.writerow([neutralise(cell) if isinstance(cell, str) else cell for cell in row])
    return _file(buffer.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "koukai-keikaku.csv")


@opening.route("/survey/plan.xlsx")
def xlsx_file() -> Response:
    """Hand the plan out as a workbook."""
    return _file(write_plan(tk._("Plan of openings"), _headings(), _rows()), XLSX, "koukai-keikaku.xlsx")


def _units() -> list[dict[str, Any]]:
    """Return the units of the reader; the office chooses a unit by searching the board."""
    found = tk.get_action("organization_list_for_user")({}, {"permission": "read"})
    return sorted(
        ({"name": one["name"], "title": one["title"] or one["name"]} for one in found), key=lambda one: one["title"]
    )


def _entries(unit: str, *, unplanned: bool, start: int = 0, rows: int = MOST_IN_FILE) -> dict[str, Any]:
    asked: dict[str, Any] = {"unplanned": unplanned, "start": start, "rows": rows}
    return tk.get_action("hokkaido_opening_list")({}, asked | ({"unit": unit} if unit else {}))


def _headings() -> list[str]:
    return [
        tk._("Unit"),
        tk._("No."),
        tk._("Name of the data"),
        tk._("Decision"),
        tk._("To be opened by"),
        tk._("State"),
        tk._("Overdue"),
        tk._("Note"),
        tk._("Dataset"),
    ]


def _rows() -> list[list[str | int | dt.date | None]]:
    found = _entries(tk.request.args.get("unit", "").strip(), unplanned=False)
    return [
        [
            entry["unit"]["title"],
            entry["number"],
            entry["title"],
            entry["decision_label"],
            dt.date.fromisoformat(entry["planned_on"]),
            entry["status_label"],
            tk._("Overdue") if entry["overdue"] else "",
            entry["note"],
            tk.url_for("dataset.read", id=entry["dataset"]["name"], qualified=True) if entry["dataset"] else "",
        ]
        for entry in found["results"]
    ]


def _say(results: list[dict[str, Any]]) -> None:
    counts = Counter(one["outcome"] for one in results)
    if counts["made"]:
        tk.h.flash_success(
            tk.ungettext(
                "{count} dataset is prepared. Add its file, then make it public.",
                "{count} datasets are prepared. Add their files, then make them public.",
                counts["made"],
            ).format(count=counts["made"])
        )
    for one in results:
        if one["outcome"] == "refused":
            tk.h.flash_error(one["message"])


def _file(content: bytes, content_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(unit: str) -> Response:
    return tk.redirect_to("hokkaido_opening.index", **({"unit": unit} if unit else {}))


def _page_number() -> int:
    asked = tk.request.args.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and asked.isascii() else 1
