"""Actions of the review as a whole: what waits, approving many at once, and the trail."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.refusal import Refusal
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import approval_stage
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.dictize.response import response_dict
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.dictize.survey import event_dicts
from ckanext.hokkaido_inventory.logic.refusal import no_such_response, sentence
from ckanext.hokkaido_inventory.logic.schema import review as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import review as reviews
from ckanext.hokkaido_inventory.service.person import people_by_id
from ckanext.hokkaido_inventory.service.review_queue import Load, load_of, waiting_for
from ckanext.hokkaido_inventory.service.trail import whole_trail
from ckanext.hokkaido_inventory.service.unit import find_unit, units_by_id
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["hokkaido_review_approve", "hokkaido_review_list", "hokkaido_trail_list"]

#: So many responses can be approved in one step.
MOST_AT_ONCE = 200


@tk.side_effect_free
@validate_action_data(schema.review_list)
def hokkaido_review_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the responses that wait for the caller's review, oldest first.

    :param survey: id of a survey (optional)
    :param q: part of the name of a unit (optional)
    :param start, rows: which part of the list (default: the first 50)
    :returns: `{count, results}`: responses with `load` (rows, open points, changes, decisions), `stage` and `since`
    """
    tk.check_access("hokkaido_review_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    count, found = waiting_for(
        session,
        viewer,
        survey_id=data_dict.get("survey"),
        text=(data_dict.get("q") or "").strip() or None,
        limit=data_dict["rows"],
        offset=data_dict["start"],
    )
    loads = load_of(session, [response.id for response, _ in found])
    units = units_by_id(session, {response.unit_id for response, _ in found})
    people = people_by_id(
        session, [user for response, _ in found for user in (response.submitted_by, response.endorsed_by)]
    )
    at = now()
    results = [
        response_dict(
            response,
            survey,
            unit_=units.get(response.unit_id),
            rows=loads[response.id].rows,
            people=people,
            viewer=viewer,
            at=at,
        )
        | {
            "load": _load_dict(loads[response.id]),
            "stage": approval_stage(ResponseState(response.state)).value,
            "since": instant(response.endorsed_at or response.submitted_at),
            "delegation": viewer.lent.get(response.unit_id),
        }
        for response, survey in found
    ]
    return {"count": count, "results": results}


@validate_action_data(schema.review_approve)
def hokkaido_review_approve(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Approve several responses, each in the version that was read, each wholly or not at all.

    Nothing is approved when the caller may not approve one of them. What a rule keeps from being approved is listed
    with the reason, and the others are approved.

    :param responses: list of `{survey, unit, version}`, at most 200
    :returns: `{approved: [{survey, unit, state}], failed: [{survey, unit, message}]}`
    """
    if len(data_dict.get("responses") or []) > MOST_AT_ONCE:
        raise tk.ValidationError({"responses": [tk._("Choose at most %(count)d at once.") % {"count": MOST_AT_ONCE}]})
    tk.check_access("hokkaido_review_approve", context, data_dict)
    viewer = viewer_of(context)
    approved: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    with unit_of_work(context) as session:
        for item in _in_order_of_locks(session, data_dict.get("responses") or []):
            unit = units_by_id(session, [item["unit"]]).get(item["unit"])
            about = {"survey": item["survey"], "unit": unit_dict(unit, item["unit"])}
            try:
                state = _approve(session, viewer, item)
            except (Refusal, IllegalTransition) as refusal:
                failed.append(about | {"message": sentence(refusal)})
            else:
                approved.append(about | {"state": state})
    return {"approved": approved, "failed": failed}


@tk.side_effect_free
@validate_action_data(schema.trail_list)
def hokkaido_trail_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List who did what when to a survey and its responses, newest first.

    :param survey: id of the survey
    :param unit: id or name of the organisation whose response alone is meant; needed outside the survey office
    :param start, rows: which part of the list (default: the first 200)
    :returns: `{count, results}`: events with their `unit`
    """
    tk.check_access("hokkaido_trail_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    count, trail = whole_trail(
        session,
        data_dict["survey"],
        response_id=_response_id(session, viewer, data_dict),
        limit=data_dict["rows"],
        offset=data_dict["start"],
    )
    people = people_by_id(session, [event.actor_id for event, _ in trail])
    units = units_by_id(session, {unit_id for _, unit_id in trail if unit_id})
    events = event_dicts([event for event, _ in trail], people)
    results = [
        event | {"unit": unit_dict(units.get(unit_id), unit_id) if unit_id else None}
        for event, (_, unit_id) in zip(events, trail, strict=True)
    ]
    return {"count": count, "results": results}


def _response_id(session: Session, viewer: Viewer, data_dict: DataDict) -> str | None:
    if not data_dict.get("unit"):
        return None
    unit = find_unit(session, data_dict["unit"])
    found = responses.find(session, viewer, data_dict["survey"], unit.id) if unit else None
    if found is None:
        raise no_such_response()
    return found[0].id


def _in_order_of_locks(session: Session, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is to be approved, each once, in the order in which everybody locks it (CC-07)."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for item in items:
        unit = find_unit(session, item["unit"])
        if unit is None:
            raise no_such_response()
        found[item["survey"], unit.id] = {**item, "unit": unit.id}
    return [found[key] for key in sorted(found)]


def _approve(session: Session, viewer: Viewer, item: dict[str, Any]) -> str:
    """Approve one response; a refusal takes back this one alone."""
    response, survey = locked_response(session, viewer, item["survey"], item["unit"])
    with session.begin_nested():
        reviews.approve(session, response, survey, version=item["version"], viewer=viewer, at=now())
    return response.state


def _load_dict(load: Load) -> dict[str, Any]:
    return {
        "rows": load.rows,
        "open_points": load.open_points,
        "changes": dict(load.changes),
        "decisions": dict(load.decisions),
    }
