"""The response board and the burden ledger as tables for files: a row of headings, then one row a unit.

What stands here is all that a file holds: there is no hidden column, and no name of a person (LK-04).
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.csv_cell import neutralise
from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_inventory.domain.duty import Work
from ckanext.hokkaido_inventory.logic.refusal import name_of

__all__ = ["Table", "board_table", "burden_table", "csv_bytes"]

Table = list[list[str | int | float | None]]

_MINUTES = "%Y-%m-%d %H:%M"


def board_table(board: dict[str, Any]) -> Table:
    """Return the units of a board that was asked for with the group `flat`."""
    columns, mark = _columns(), tk._("yes")
    heads: Table = [[label for label, _ in columns]]
    return heads + [[row[key] for _, key in columns] for row in (_flat(entry, mark) for entry in board["entries"])]


def burden_table(report: dict[str, Any]) -> Table:
    """Return the minutes of each unit; cells of a unit that gave none are empty."""
    works = list(Work)
    heads: Table = [
        [
            tk._("Unit"),
            tk._("ID of the unit"),
            tk._("Rows"),
            *(tk._("%(work)s (minutes)") % {"work": name_of(work.wording)} for work in works),
            tk._("Total (minutes)"),
            tk._("Minutes a row"),
            tk._("Last round (minutes)"),
            tk._("Difference (minutes)"),
        ]
    ]
    return heads + [
        [
            share["unit"]["title"],
            share["unit"]["name"],
            share["rows"],
            *((share["minutes"] or {}).get(work.value) for work in works),
            share["total"],
            share["per_row"],
            share["before"],
            share["difference"],
        ]
        for share in report["units"]
    ]


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV that Excel opens as it stands: UTF-8 with a byte order mark; texts are harmless (UP-07)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([neutralise(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return stream.getvalue().encode("utf-8-sig")


def _columns() -> list[tuple[str, str]]:
    """Return heading and key of every column, in the language of the request."""
    return [
        (tk._("Unit"), "title"),
        (tk._("ID of the unit"), "name"),
        (tk._("Unit above"), "above"),
        (tk._("Kind"), "kind_label"),
        (tk._("Subprefectural bureau"), "bureau_label"),
        (tk._("State"), "state_label"),
        (tk._("Answered"), "answered_mark"),
        (tk._("Overdue"), "late_mark"),
        (tk._("Deadline"), "deadline"),
        (tk._("Rows"), "rows"),
        (tk._("Not looked at yet"), "carried"),
        (tk._("New"), "new"),
        (tk._("Changed"), "changed"),
        (tk._("Unchanged"), "unchanged"),
        (tk._("Gone"), "gone"),
        (tk._("Can be opened"), "open"),
        (tk._("Way of opening to be examined"), "method"),
        (tk._("Cannot be opened"), "closed"),
        (tk._("To be checked"), "unclear"),
        (tk._("Answers missing"), "incomplete"),
        (tk._("Open remarks"), "remarks"),
        (tk._("Last activity"), "last_moment"),
    ]


def _flat(entry: dict[str, Any], mark: str) -> dict[str, Any]:
    return {
        **entry,
        **entry["unit"],
        "answered_mark": mark if entry["answered"] else "",
        "late_mark": mark if entry["late"] else "",
        "last_moment": _moment(entry["last_activity"]),
    }


def _moment(value: str | None) -> str:

    return datetime.fromisoformat(value).astimezone(JAPAN).strftime(_MINUTES) if value else ""
