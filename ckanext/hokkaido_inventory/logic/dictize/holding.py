"""Holdings of the public catalogue as dictionaries."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant, unit
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.service.catalogue import Entry
from ckanext.hokkaido_inventory.service.holding import Dataset, Status
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["decision_label", "holding_dict", "status_label"]


def holding_dict(entry: Entry, dataset: Dataset | None, viewer: Viewer) -> dict[str, Any]:
    """Return one holding: the public copy, and its status as its dataset shows it now."""
    row = entry.row
    status = (dataset.status if dataset else None) or row.decision
    works = viewer.runs_surveys or viewer.may_answer(row.unit_id)
    seen = dataset is not None and dataset.status is not None and (status == Status.PUBLISHED or works)
    return {
        "id": row.holding_id,
        "number": row.number,
        "unit": unit(entry.unit, row.unit_id),
        "title": row.title,
        "description": row.description,
        "decision": row.decision,
        "decision_label": decision_label(row.decision),
        "reason": row.reason,
        "reason_label": _term("reasons", row.reason),
        "format": row.format,
        "format_label": _term("formats", row.format),
        "update_frequency": row.update_frequency,
        "update_frequency_label": _term("frequencies", row.update_frequency),
        "status": status,
        "status_label": status_label(status),
        "published_at": instant(row.published_at),
        "fiscal_year": entry.fiscal_year,
        "fiscal_year_label": fiscal_year_label(entry.fiscal_year),
        "dataset": {"id": dataset.id, "name": dataset.name, "title": dataset.title} if dataset and seen else None,
        "may": {"promote": works and row.decision == Decision.OPEN and (dataset is None or dataset.status is None)},
    }


def decision_label(decision: str) -> str:
    """Return the name of a decision in the language of the request."""
    return name_of(Decision(decision).wording)


def status_label(status: str) -> str:
    """Return the name of a status: that of the dataset if there is one, else that of the decision."""
    if status == Status.PUBLISHED:
        return tk._("Published")
    if status == Status.PREPARING:
        return tk._("Being prepared")
    return decision_label(status)


def _term(name: str, code: str | None) -> str:
    return vocabulary(name).label(code, spoken())
