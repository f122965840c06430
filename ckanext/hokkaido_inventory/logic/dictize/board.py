"""The response board and the burden ledger as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain.board import ELSEWHERE, MUNICIPALITY, Entry, Figures, Group, Line
from ckanext.hokkaido_inventory.domain.burden_report import Share, Summary
from ckanext.hokkaido_inventory.domain.duty import Work
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.service.tally import COLUMNS

__all__ = ["Words", "entry_dict", "figures_dict", "kind_labels", "share_dict", "state_labels", "summary_dict"]

_COUNTED = ("asked", "answered", "late", *(state.value for state in ResponseState), *COLUMNS, "remarks")


@dataclass(frozen=True, slots=True)
class Words:
    """Names that the rows of a board share, looked up once: bureaus, states and kinds by code, the unit above by id."""

    bureaus: Mapping[str, str]
    states: Mapping[str, str]
    kinds: Mapping[str, str]
    above: Mapping[str, str]


def entry_dict(entry: Entry, group: Group, words: Words) -> dict[str, Any]:
    """Return one row of the board; `unit` is nothing where several are put together."""
    unit = _unit_dict(entry.line, words) if entry.line else None
    return {"key": entry.key, "title": _title(entry, group, words), "unit": unit} | figures_dict(entry.figures)


def figures_dict(figures: Figures) -> dict[str, Any]:
    """Return counts of one unit or many."""
    counts = {name: figures[name] for name in _COUNTED}
    return counts | {"rate": figures.rate, "last_activity": instant(figures.last)}


def state_labels() -> dict[str, str]:
    """Return the names of the states, in the language of the request."""
    return {state.value: name_of(state.wording) for state in ResponseState}


def kind_labels() -> dict[str, str]:
    """Return the names of the kinds of organisations."""
    return {
        "prefecture": tk._("Prefecture"),
        "department": tk._("Departments and sections"),
        "bureau": tk._("Subprefectural bureaus"),
        MUNICIPALITY: tk._("Municipalities"),
        ELSEWHERE: tk._("Other units"),
    }


def share_dict(share: Share) -> dict[str, Any]:
    """Return the minutes of one unit."""
    return {
        "unit": {"id": share.unit_id, "name": share.name, "title": share.title},
        "rows": share.rows,
        "minutes": {work.value: share.minutes.get(work.value, 0) for work in Work} if share.minutes else None,
        "total": share.total,
        "per_row": _rounded(share.per_row),
        "before": share.before,
        "difference": share.difference,
    }


def summary_dict(found: Summary) -> dict[str, Any]:
    """Return the minutes of a round."""
    return {
        "units": found.units,
        "gave": found.gave,
        "gave_none": found.gave_none,
        "minutes": dict(found.minutes),
        "total": found.total,
        "median": found.median,
        "per_row": _rounded(found.per_row),
        "difference": found.difference,
    }


def _title(entry: Entry, group: Group, words: Words) -> str:
    if entry.line is None and (group is Group.KIND or not entry.title):
        return words.kinds.get(entry.key, entry.key)
    return entry.title


def _unit_dict(line: Line, words: Words) -> dict[str, Any]:
    return {
        "id": line.unit_id,
        "name": line.name,
        "above": words.above.get(line.unit_id),
        "kind": line.kind,
        "kind_label": words.kinds.get(line.kind, line.kind),
        "bureau": line.bureau,
        "bureau_label": words.bureaus.get(line.bureau or ""),
        "state": line.state.value,
        "state_label": words.states[line.state.value],
        "deadline": line.deadline.isoformat(),
        "late": line.late,
        "none_held": line.none_held,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
