"""The plan of openings as dictionaries."""

from __future__ import annotations

from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.logic.dictize.holding import label
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.model import Published
from ckanext.hokkaido_inventory.service.holding import Dataset, Status
from ckanext.hokkaido_inventory.service.opening import Entry
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["opening_dict"]


def opening_dict(
    entry: Entry, *, unit_: Unit | None, dataset: Dataset | None, viewer: Viewer, today: date
) -> dict[str, Any]:
    """Return one holding of the plan; how far it has come is read from its dataset."""
    copy, planned = entry.published, entry.opening.planned_on if entry.opening else None
    status = dataset.status if dataset else None
    works = viewer.runs_surveys or viewer.may_answer(entry.unit_id)
    opens = copy is not None and copy.decision == Decision.OPEN and copy.listing == Listing.PUBLIC
    shown = status or (copy.decision if copy else None)
    return {
        "holding": entry.holding_id,
        "number": entry.number,
        "title": entry.title,
        "unit": unit(unit_, entry.unit_id),
        "planned_on": planned.isoformat() if planned else None,
        "note": entry.opening.note if entry.opening else "",
        "overdue": planned is not None and planned < today and status != Status.PUBLISHED,
        "decision": copy.decision if copy else None,
        "decision_label": label("decision", copy.decision) if copy else "",
        "status": shown,
        "status_label": label("status", shown) if shown else tk._("Not published in the inventory yet"),
        "dataset": {"id": dataset.id, "name": dataset.name, "title": dataset.title} if dataset and status else None,
        "needed": _needed(copy) if copy and not status else [],
        "may": {"update": works, "promote": works and opens and status is None},
    }


def _needed(copy: Published) -> list[str]:
    """Say what stands between a holding and its dataset; nothing for one that can be opened as it is."""
    if copy.decision != Decision.METHOD:
        if copy.listing != Listing.PUBLIC:
            return [tk._("It is not in the public list; change “How it is listed” first.")]
        return []
    step = next((one for one in question("blocking_step").choices if one.code == copy.blocking_step), None)
    said = [
        tk._("Next step: %(step)s") % {"step": name_of(step.label)} if step else "",
        tk._("Law or clause: %(law)s") % {"law": copy.law} if copy.law else "",
        tk._("Reason: %(reason)s") % {"reason": vocabulary("reasons").label(copy.reason, spoken())}
        if copy.reason
        else "",
        tk._(
            "Settle the way of opening (anonymised form, the law that restricts it), then answer it in the next survey."
        ),
    ]
    return [text for text in said if text]
