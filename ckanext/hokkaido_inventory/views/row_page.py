"""The rows of a unit as its page shows them: one kind, one hundred at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["ROWS_A_PAGE", "row_page"]

ROWS_A_PAGE = 100

_FILTERS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "all": lambda _row: True,
    "carried": lambda row: row["change"] == "carried",
    "changed": lambda row: row["change"] in {"changed", "new", "gone"},
    "gaps": lambda row: bool(row["problems"]),
}


def row_page(answers: list[dict[str, Any]], *, show: str, page: str) -> dict[str, Any]:
    """Return the rows to show, the filters with their counts, and where the reader is.

    A filter that is not known shows everything, a page that is not there the nearest one.
    """
    show = show if show in _FILTERS else "all"
    labels = {
        "all": tk._("All"),
        "carried": tk._("Not looked at yet"),
        "changed": tk._("Changed, new or gone"),
        "gaps": tk._("With open points"),
    }
    found = [row for row in answers if _FILTERS[show](row)]
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    number = min(max(int(page) if page.isascii() and page.isdigit() else 1, 1), pages)
    return {
        "rows": found[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE],
        "show": show,
        "page": number,
        "pages": pages,
        "count": len(found),
        "filters": [
            {"value": value, "label": labels[value], "count": sum(map(matches, answers))}
            for value, matches in _FILTERS.items()
        ],
        "compares": any(row["change"] != "new" for row in answers),
    }
