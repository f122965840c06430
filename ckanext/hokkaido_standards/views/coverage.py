"""`/standards/coverage`: which municipality publishes which standard data set."""

from __future__ import annotations

import csv
import io
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_core.shared import handle_refusals
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.config import site_url
from ckanext.hokkaido_standards.helpers import hokkaido_coverage_state

__all__ = ["coverage"]

coverage = Blueprint("hokkaido_coverage", __name__, url_prefix="/standards")
handle_refusals(coverage)

_HEADINGS = (
    "全国地方公共団体コード",
    "市町村",
    "標準の番号",
    "標準",
    "状態",
    "状態（コード）",
    "様式",
    "データ",
    "URL",
    "誤りの数",
    "更新の遅れ",
)


@coverage.route("/coverage")
def read() -> str:
    """Show the counts of all sets, and one set or one municipality where it is asked for."""
    asked = _asked()
    whole = tk.get_action("hokkaido_standard_coverage")({}, {})
    shown = tk.get_action("hokkaido_standard_coverage")({}, asked) if asked else whole
    values = {"whole": whole, "shown": shown, "asked": asked, "places": list(vocabulary("municipalities"))}
    return tk.render("hokkaido_standards/coverage/read.html", values)


@coverage.route("/coverage.csv")
def as_csv() -> Response:
    """Send one line for each municipality and set."""
    shown = tk.get_action("hokkaido_standard_coverage")({}, _asked())
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for place in shown["municipalities"]:
        for one in shown["standards"]:
            writer.writerow(map(neutralise, _line(place, one, place["cells"].get(one["code"], {}))))
    response = make_response("\ufeff" + text.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=standard-coverage.csv"
    return response


def _line(place: dict[str, Any], one: dict[str, Any], cell: dict[str, Any]) -> list[str]:
    state = cell.get("state", "absent")
    url = f"{site_url()}{cell['url']}" if cell.get("url") else ""
    words = hokkaido_coverage_state(state)["label"]
    named = [place["code"], place["ja"], one["code"], one["title"]["ja"]]
    told = [*named, words, state, cell.get("form", ""), cell.get("title", ""), url]
    return [*told, str(cell.get("wrong", "")), "あり" if cell.get("overdue") else ""]


def _asked() -> dict[str, str]:
    return {name: text for name in ("standard", "municipality") if (text := tk.request.args.get(name, "").strip())}
