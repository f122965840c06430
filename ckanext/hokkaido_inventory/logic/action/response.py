"""Actions on responses: submitting, returning and approving what a unit has answered as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.burden import Work
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.logic.reading import response_dicts, whole_response
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.schema import response as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import burden
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import review as reviews
from ckanext.hokkaido_inventory.service.unit import find_unit
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = [
    "hokkaido_response_approve",
    "hokkaido_response_extend",
    "hokkaido_response_list",
    "hokkaido_response_return",
    "hokkaido_response_show",
    "hokkaido_response_submit",
    "locked_response",
]

_KEYS = frozenset(question.key for question in QUESTIONS)


@tk.side_effect_free
@validate_action_data(schema.response_show)
def hokkaido_response_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return what a unit has answered: rows, remarks, trail, what is missing, and what the caller may do.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    """
    tk.check_access("hokkaido_response_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    unit = find_unit(session, data_dict["unit"])
    found = responses.find(session, viewer, data_dict["survey"], unit.id) if unit else None
    if found is None:
        raise no_such_response()
    return whole_response(session, viewer, *found)


@tk.side_effect_free
@validate_action_data(schema.response_list)
def hokkaido_response_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the responses to a survey that the caller may see, by the title of the unit.

    :param survey: id of the survey
    """
    tk.check_access("hokkaido_response_list", context, data_dict)
    return response_dicts(session_of(context), viewer_of(context), [data_dict["survey"]])


@validate_action_data(schema.response_submit)
def hokkaido_response_submit(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Submit the answers of a unit for approval.

    What is not answered yet is listed under `problems` and does not keep from submitting; a row without a name does,
    and so does a row of the last round that nobody has looked at (`hokkaido_answer_confirm`).

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param version: version of the response that was read
    :param none_held: true to declare that the unit holds no data (optional)
    :param signer: name of the person who declares it; needed with `none_held`
    :param minutes: minutes that answering took, 1 to 6000 (optional)
    :returns: the response
    """
    tk.check_access("hokkaido_response_submit", context, data_dict)

    def submit(session: Session, response: Response, survey: Survey, viewer: Viewer) -> None:
        responses.submit(
            session,
            response,
            survey,
            version=data_dict["version"],
            none_held=data_dict["none_held"],
            signer=(data_dict.get("signer") or "").strip() or None,
            actor_id=viewer.user_id,
            at=now(),
        )
        if data_dict.get("minutes"):
            burden.add(session, response, Work.ANSWERING, data_dict["minutes"], user_id=viewer.user_id, at=now())

    return _act(context, data_dict, submit)


@validate_action_data(schema.response_return)
def hokkaido_response_return(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return submitted (or approved) answers to the unit with remarks.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param version: version of the response that was read
    :param remark: a remark on the whole (optional)
    :param remarks: list of `{answer?: id of a row, field?: key of a question, text}` (optional); one text is needed
    :returns: the response
    """
    tk.check_access("hokkaido_response_return", context, data_dict)
    notes = _notes(data_dict)

    def return_(session: Session, response: Response, survey: Survey, viewer: Viewer) -> None:
        reviews.return_(
            session,
            response,
            survey,
            version=data_dict["version"],
            notes=notes,
            viewer=viewer,
            at=now(),
        )

    return _act(context, data_dict, return_)


@validate_action_data(schema.response_approve)
def hokkaido_response_approve(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Approve exactly the version of the answers that was read.

    Where the round has a second stage, the approval in the unit is followed by the survey office's.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param version: version of the response that was read
    :returns: the response
    :raises ValidationError: when the answers changed since, or the caller submitted them; nothing is approved then
    """
    tk.check_access("hokkaido_response_approve", context, data_dict)

    def approve(session: Session, response: Response, survey: Survey, viewer: Viewer) -> None:
        reviews.approve(session, response, survey, version=data_dict["version"], viewer=viewer, at=now())

    return _act(context, data_dict, approve)


@validate_action_data(schema.response_extend)
def hokkaido_response_extend(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give one unit a later deadline of its own.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param deadline: the unit's last day (YYYY-MM-DD)
    :returns: the response
    """
    tk.check_access("hokkaido_response_extend", context, data_dict)

    def extend(session: Session, response: Response, survey: Survey, viewer: Viewer) -> None:
        responses.extend(session, response, survey, deadline=data_dict["deadline"], actor_id=viewer.user_id, at=now())

    return _act(context, data_dict, extend)


def locked_response(session: Session, viewer: Viewer, survey_id: str, unit_reference: str) -> tuple[Response, Survey]:
    """Return a response that the viewer may know of, locked; raise `ObjectNotFound` when there is none."""
    unit = find_unit(session, unit_reference)
    found = responses.find_locked(session, viewer, survey_id, unit.id) if unit else None
    if found is None:
        raise no_such_response()
    return found


def _act(
    context: Context, data_dict: DataDict, act: Callable[[Session, Response, Survey, Viewer], None]
) -> dict[str, Any]:
    """Do something to a locked response in one transaction, and return the response as it is then."""
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        act(session, response, survey, viewer)
    return whole_response(session, viewer, response, survey)


def _notes(data_dict: DataDict) -> list[reviews.Note]:
    """Read the remarks of a request; a remark on a field that no question has is refused."""
    remarks = data_dict.get("remarks") or []
    unknown = sorted({remark["field"] for remark in remarks if remark.get("field")} - _KEYS)
    if unknown:
        raise tk.ValidationError(
            {
                "remarks": [
                    tk._("There is no question “%(field)s”. Choose the field from the form.") % {"field": unknown[0]}
                ]
            }
        )
    notes = [
        reviews.Note(remark["text"].strip(), remark.get("answer"), remark.get("field"))
        for remark in remarks
        if remark["text"].strip()
    ]
    whole = (data_dict.get("remark") or "").strip()
    return [reviews.Note(whole), *notes] if whole else notes
