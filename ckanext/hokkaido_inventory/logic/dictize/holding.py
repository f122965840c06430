"""Holdings of the public catalogue as dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.index_query import FACETS
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant, unit
from ckanext.hokkaido_inventory.service.catalogue import Copy, Entry
from ckanext.hokkaido_inventory.service.holding import Dataset, Status
from ckanext.hokkaido_inventory.service.terms import term
from ckanext.hokkaido_inventory.service.unit import Place
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["LABELLED", "copy_dict", "facet_dicts", "holding_dict", "label"]

#: Columns of the public copy that hold a code; each comes with its label.
LABELLED = ("decision", "reason", "format", "update_frequency", "theme", "blocking_step", "machine_readability")
#: Values of a facet in the order in which people expect them; others by number.
_ORDERED: Mapping[str, Sequence[str]] = {
    "status": (Status.PUBLISHED, Status.PREPARING, Status.PLANNED),
    "decision": tuple(Decision),
    "machine_readability": ("5", "4", "3", "2", "1", "0"),
    "priority": ("5", "4", "3", "2", "1", "0"),
}


def holding_dict(entry: Entry, dataset: Dataset | None, viewer: Viewer) -> dict[str, Any]:
    """Return one holding: the public copy, and its status as its dataset shows it now."""
    row = entry.row
    planned = Status.PLANNED if entry.planned_on else row.decision
    status = (dataset.status if dataset else None) or planned
    works = viewer.runs_surveys or viewer.may_answer(row.unit_id)
    seen = dataset is not None and dataset.status is not None and (status == Status.PUBLISHED or works)
    return {
        "id": row.holding_id,
        "number": row.number,
        "unit": unit(entry.unit, row.unit_id),
        "title": row.title,
        "description": row.description,
        **_labelled(row),
        "law": row.law,
        "review_on": row.review_on.isoformat() if row.review_on else None,
        "record_count": row.record_count,
        "priority": row.priority,
        "listing": row.listing,
        "status": status,
        "status_label": label("status", status),
        "planned_on": entry.planned_on.isoformat() if entry.planned_on else None,
        "published_at": instant(row.published_at),
        "fiscal_year": entry.fiscal_year,
        "fiscal_year_label": fiscal_year_label(entry.fiscal_year),
        "dataset": {"id": dataset.id, "name": dataset.name, "title": dataset.title} if dataset and seen else None,
        "may": {
            "promote": works and row.decision == Decision.OPEN and (dataset is None or dataset.status is None),
            "withdraw": viewer.runs_surveys,
        },
    }


def copy_dict(copy: Copy) -> dict[str, Any]:
    """Return what one round said of a holding."""
    return {
        "fiscal_year": copy.fiscal_year,
        "fiscal_year_label": fiscal_year_label(copy.fiscal_year),
        "title": copy.row.title,
        **_labelled(copy.row),
        "law": copy.row.law,
        "published_at": instant(copy.row.published_at),
    }


def facet_dicts(facets: Mapping[str, Mapping[str, int]], places: Sequence[Place]) -> dict[str, list[dict[str, Any]]]:
    """Return each facet as a list of `{value, label, count}`; units stand in their tree and have a `level` too.

    The status has only the stages of opening; the rest of it is the decision.
    """
    found = {name: _values(name, facets.get(name, {})) for name in FACETS}
    return found | {"unit": list(_units(facets.get("unit", {}), places))}


def label(column: str, value: object) -> str:
    """Return the label of a value in the language of the request."""
    return term(column, value, spoken())


def _labelled(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in LABELLED:
        value = getattr(row, column)
        found |= {column: value, f"{column}_label": label(column, value)}
    return found


def _values(name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    order = _ORDERED.get(name, ())
    if name == "theme":
        order = [item.code for item in vocabulary("themes")]
    kept = [value for value in counts if name != "status" or value in order]
    if order:
        kept.sort(key=lambda value: order.index(value) if value in order else len(order))
    else:
        kept.sort(key=lambda value: (-counts[value], value))
    return [{"value": value, "label": _facet_label(name, value), "count": counts[value]} for value in kept]


def _facet_label(name: str, value: str) -> str:
    if name == "priority":
        return tk.ungettext("{count} criterion", "{count} criteria", int(value)).format(count=value)
    return label(name, value)


def _units(counts: Mapping[str, int], places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    """Yield the units that hold something, each with what the units below it hold, below the unit it belongs to."""
    below: dict[str | None, list[Place]] = {}
    known = {place.unit.id for place in places}
    for place in places:
        below.setdefault(place.parent if place.parent in known else None, []).append(place)

    def walk(parent: str | None, level: int) -> Iterator[dict[str, Any]]:
        for place in below.get(parent, ()):
            inner = list(walk(place.unit.id, level + 1)) if level < MAX_LEVELS else []
            total = counts.get(place.unit.id, 0) + sum(one["count"] for one in inner if one["level"] == level + 1)
            if total:
                yield {"value": place.unit.name, "label": place.unit.title, "count": total, "level": level}
                yield from inner

    yield from walk(None, 0)


#: A tree deeper than this is a loop (CKAN's own limit).
MAX_LEVELS = 8
