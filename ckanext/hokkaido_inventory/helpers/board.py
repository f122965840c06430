"""How the response board looks: addresses of its other views, and the look of a share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.helpers.looks import hokkaido_badge
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = [
    "hokkaido_board_columns",
    "hokkaido_board_link",
    "hokkaido_board_page",
    "hokkaido_board_states",
    "hokkaido_bureaus",
    "hokkaido_day_and_time",
    "hokkaido_percent",
    "hokkaido_state_looks",
]

_ASKED = ("group", "at", "state", "bureau", "q", "sort")


def hokkaido_board_link(board: dict[str, Any], page: str = "", **changes: str | None) -> str:
    """Return the query of the board as it is shown, with some of it changed; nothing takes a part away.

    Only the query: an address for every cell of a large table would cost more than the table.
    """
    asked = board["asked"] | {"group": board["group"]} | changes
    query = urlencode({key: asked[key] for key in _ASKED if asked.get(key)})
    return f"{page}?{query}"


def hokkaido_board_page(survey_id: str, unit: str) -> str:
    """Return the pattern of the address of a unit's page, `unit` standing for it."""
    return tk.h.url_for("hokkaido_response.read", survey_id=survey_id, unit=quote(unit))


def hokkaido_percent(share: float | None) -> str:
    """Return a share as a whole per cent; never 100 before all have answered, nor 0 after the first."""
    if share is None:
        return "—"
    return f"{0 if share == 0 else 100 if share == 1 else min(99, max(1, round(share * 100)))}%"


def hokkaido_board_states() -> list[tuple[str, str]]:
    """Return what the board can be narrowed down to."""
    states = [(state.value, state.wording.of(tk.h.lang())) for state in ResponseState]
    return [("unanswered", tk._("Not answered")), ("late", tk._("Overdue")), *states]


def hokkaido_board_columns() -> list[tuple[str, str]]:
    """Return key and heading of every column after the unit's name; the keys are those that the board is sorted by."""
    return [
        ("rate", tk._("State")),
        ("late", tk._("Overdue")),
        ("rows", tk._("Rows")),
        ("carried", tk._("Not looked at yet")),
        ("new", tk._("New")),
        ("changed", tk._("Changed")),
        ("gone", tk._("Gone")),
        ("open", tk._("Can be opened")),
        ("method", tk._("Way to be examined")),
        ("closed", tk._("Cannot be opened")),
        ("unclear", tk._("To be checked")),
        ("incomplete", tk._("Answers missing")),
        ("remarks", tk._("Open remarks")),
        ("last", tk._("Last activity")),
    ]


def hokkaido_bureaus() -> list[tuple[str, str]]:
    """Return code and name of the fourteen subprefectural bureaus."""
    return [(item.code, item.label(tk.h.lang())) for item in vocabulary("bureaus")]


def hokkaido_day_and_time(value: str | None) -> str:
    """Return an instant as short as a table needs it, by the clocks of Japan: 2026-12-01 09:30."""
    return f"{datetime.fromisoformat(value).astimezone(JAPAN):%Y-%m-%d %H:%M}" if value else ""


def hokkaido_state_looks() -> dict[str, dict[str, str]]:
    """Return tone and icon of every state of a response."""
    return {state.value: hokkaido_badge(state.value) for state in ResponseState}
