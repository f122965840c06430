"""The difference between two rounds as dictionaries."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_inventory.domain.difference import COMPARED, changed_fields
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.logic.dictize.holding import label
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.model import Published
from ckanext.hokkaido_inventory.service.difference import Item, Round

__all__ = ["item_dict", "round_dict"]

_PRIORITY = Wording("公開の優先度", "Priority of opening")


def round_dict(value: Round) -> dict[str, Any]:
    """Return a round."""
    return {
        "id": value.id,
        "title": value.title,
        "fiscal_year": value.fiscal_year,
        "fiscal_year_label": fiscal_year_label(value.fiscal_year),
    }


def item_dict(item: Item) -> dict[str, Any]:
    """Return one holding that differs, with what it was and is in each field that differs."""
    present = item.present
    return {
        "id": present.holding_id,
        "number": present.number,
        "title": present.title,
        "unit": unit(item.unit, present.unit_id),
        "kinds": [{"value": kind.value, "label": name_of(kind.wording)} for kind in item.kinds],
        "before": _side(item.before),
        "after": _side(item.after),
        "fields": _fields(item.before, item.after) if item.before and item.after else [],
    }


def _side(row: Published | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"title": row.title, "decision": row.decision, "decision_label": label("decision", row.decision)}


def _fields(before: Published, after: Published) -> list[dict[str, Any]]:
    plain = [{name: getattr(row, name) for name in COMPARED} for row in (before, after)]
    return [
        {
            "field": name,
            "label": name_of(_PRIORITY if name == "priority" else question(name).label),
            "before": label(name, plain[0][name]),
            "after": label(name, plain[1][name]),
        }
        for name in changed_fields(*plain)
    ]
