"""Actions on the plan of openings: until when a unit means to open which of its holdings."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.logic.dictize.opening import opening_dict
from ckanext.hokkaido_inventory.logic.schema import opening as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import opening as openings
from ckanext.hokkaido_inventory.service.event import record_unit
from ckanext.hokkaido_inventory.service.holding import datasets_of
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["hokkaido_opening_list", "hokkaido_opening_update"]


@tk.side_effect_free
@validate_action_data(schema.opening_list)
def hokkaido_opening_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the plan of openings of the caller's units, of all units for the survey office; the next day first.

    :param unit: id or name of an organisation (optional)
    :param unplanned: true to list as well what has no day yet and could be opened (optional)
    :param start: entries to skip (optional)
    :param rows: entries to return, 100 unless told, at most 5000 (optional)
    :returns: `count` and `results`
    """
    tk.check_access("hokkaido_opening_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    unit = find_unit(session, data_dict["unit"]) if data_dict.get("unit") else None
    page = openings.list_visible(
        session,
        viewer,
        # A unit that does not exist plans nothing.
        unit_id=(unit.id if unit else "") if data_dict.get("unit") else None,
        unplanned=data_dict["unplanned"],
        start=data_dict["start"],
        rows=data_dict["rows"],
    )
    return {"count": page.count, "results": _dicts(session, viewer, page.entries)}


@validate_action_data(schema.opening_update)
def hokkaido_opening_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Plan until when a holding is to be opened, or take the plan away.

    :param holding: id of the holding
    :param planned_on: the day (YYYY-MM-DD), today or later; empty to take the plan away
    :param note: for the staff, never published; what is not given stays (optional)
    :returns: the entry of the plan
    :raises ValidationError: for a day that is over, and for a holding that cannot be opened
    """
    tk.check_access("hokkaido_opening_update", context, data_dict)
    viewer, at = viewer_of(context), now()
    planned_on = data_dict.get("planned_on")
    with unit_of_work(context) as session:
        entry = openings.lock(session, data_dict["holding"])
        note = data_dict.get("note", entry.opening.note if entry.opening else "")
        changed = openings.plan(
            session, entry, planned_on=planned_on, note=note, today=today(at), actor_id=viewer.user_id, at=at
        )
        if changed:
            planned = {"planned_on": planned_on.isoformat() if planned_on else None}
            number = {"holding": entry.holding_id, "number": entry.number}
            record_unit(session, entry.unit_id, Act.OPENING_PLANNED, viewer.user_id, **number, **planned)
    return _dicts(session, viewer, [openings.lock(session, data_dict["holding"])])[0]


def _dicts(session: Session, viewer: Viewer, entries: Any) -> list[dict[str, Any]]:
    """Return entries with their units and datasets, read in one statement each."""
    units = units_by_id(session, {entry.unit_id for entry in entries})
    datasets = datasets_of(session, [entry.holding_id for entry in entries])
    day = today(now())
    return [
        opening_dict(
            entry,
            unit_=units.get(entry.unit_id),
            dataset=datasets.get(entry.holding_id),
            viewer=viewer,
            today=day,
        )
        for entry in entries
    ]
