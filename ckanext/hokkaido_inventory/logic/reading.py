"""Whole answers of actions, read with a number of statements that does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.standing import progress
from ckanext.hokkaido_inventory.logic.dictize.response import (
    answer_dict,
    problems_of,
    progress_dict,
    remark_dicts,
    response_dict,
)
from ckanext.hokkaido_inventory.logic.dictize.survey import event_dicts, survey_dict
from ckanext.hokkaido_inventory.logic.refusal import sentence
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.carrying import held_none_before
from ckanext.hokkaido_inventory.service.person import people_by_id
from ckanext.hokkaido_inventory.service.unit import units_by_id
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["response_dicts", "whole_response", "whole_survey"]


def whole_survey(session: Session, viewer: Viewer, survey: Survey, *, with_responses: bool = True) -> dict[str, Any]:
    """Return a survey with the responses that the viewer may see (unless left out), and its trail for the office."""
    counts = surveys.counts_of(session, [survey.id])[survey.id]
    trail = surveys.events_of(session, survey.id) if viewer.runs_surveys else []
    people = people_by_id(session, [event.actor_id for event in trail])
    return survey_dict(survey, counts, viewer) | {
        "responses": response_dicts(session, viewer, [survey.id]) if with_responses else [],
        "events": event_dicts(trail, people),
    }


def response_dicts(session: Session, viewer: Viewer, survey_ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the responses to surveys that the viewer may see, by the title of the unit."""
    found = responses.list_visible(session, viewer, survey_ids)
    rows = responses.rows_per_response(session, [response.id for response, _ in found])
    units = units_by_id(session, {response.unit_id for response, _ in found})
    people = people_by_id(
        session,
        [user for response, _ in found for user in (response.submitted_by, response.endorsed_by, response.approved_by)],
    )
    at = now()
    dicts = [
        response_dict(
            response,
            survey,
            unit_=units.get(response.unit_id),
            rows=rows.get(response.id, 0),
            people=people,
            viewer=viewer,
            at=at,
        )
        for response, survey in found
    ]
    return sorted(dicts, key=lambda one: (one["unit"]["title"], one["unit"]["name"]))


def whole_response(session: Session, viewer: Viewer, response: Response, survey: Survey) -> dict[str, Any]:
    """Return a response with its rows, remarks, trail, and what is still missing."""
    at = now()
    rows = answers.of_response(session, viewer, response.id)
    remarks = responses.remarks_of(session, response.id)
    trail = surveys.events_of(session, survey.id, response.id)
    people = people_by_id(
        session,
        [
            response.submitted_by,
            response.endorsed_by,
            response.approved_by,
            *(event.actor_id for event in trail),
            *(remark.created_by for remark, _ in remarks),
        ],
    )
    unit = units_by_id(session, [response.unit_id]).get(response.unit_id)
    refusal = responses.hindrance(response, survey, at)
    answered = [answer_dict(row) for row in rows]
    return response_dict(response, survey, unit_=unit, rows=len(rows), people=people, viewer=viewer, at=at) | {
        "answers": answered,
        "progress": progress_dict(progress(row.answer.change for row in rows)),
        "remarks": remark_dicts(remarks, people),
        "events": event_dicts(trail, people),
        "problems": list(problems_of(answered)),
        "notice": sentence(refusal) if refusal else None,
        "none_held_before": response.unit_id in held_none_before(session, survey, [response.unit_id]),
    }
