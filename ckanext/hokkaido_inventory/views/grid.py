"""The table to fill in: all rows of a unit beside one another, as in a spreadsheet."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["grid"]

#: More rows than this stand on further pages: a browser shows so many cells without a pause.
ROWS_A_PAGE = 100

grid = Blueprint("hokkaido_grid", __name__, url_prefix="/survey/<survey_id>/unit/<unit>/grid")
handle_refusals(grid)


@grid.route("")
def read(survey_id: str, unit: str) -> str:
    """Show the rows as a table; what is typed is saved through the action `hokkaido_answer_bulk_update`."""
    shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    pages = max(1, -(-len(shown["answers"]) // ROWS_A_PAGE))
    asked = tk.request.args.get("page", "")
    page = min(max(int(asked) if asked.isascii() and asked.isdigit() else pages, 1), pages)
    columns = tk.h.hokkaido_grid_columns(shown["survey"]["question_set"])
    rows = shown["answers"][(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    extra = {
        "response": shown,
        "survey": shown["survey"],
        "columns": columns,
        "rows": [row | {"cells": _cells(row, columns)} for row in rows],
        "page": page,
        "pages": pages,
    }
    return tk.render("hokkaido_inventory/answer/grid.html", extra)


def _cells(row: dict[str, Any], columns: list[dict[str, Any]]) -> list[tuple[str | None, Any, bool]]:
    """Return code (for a choice that is made), text and whether the branching set it, of every cell of a row."""
    values = row["answers"] | {"title": row["title"], "description": row["description"]}
    by_rule = set(row["by_rule"])
    cells = []
    for column in columns:
        value = values.get(column["key"], "")
        code = value if value and column["choices"] else None
        cells.append((code, column["names"].get(value, value), column["key"] in by_rule))
    return cells
