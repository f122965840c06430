"""The rules below the auth functions: each finds the stored row through the gate and says yes, or no and why.

A row that the caller may not know of is not found (AZ-01), which is the same answer as for one that does not exist.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ckanext.hokkaido_core.shared import session_of
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import review as reviews
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.unit import find_unit

__all__ = [
    "answers_for",
    "answers_for_row",
    "approves_for",
    "approves_in_own_right",
    "knows_response",
    "knows_row",
    "knows_survey",
    "returns_for",
    "runs_surveys",
    "runs_this_response",
    "runs_this_survey",
]

YES: AuthResult = {"success": True}


def runs_surveys(context: Context, _data_dict: DataDict) -> AuthResult:
    """Allow the survey office."""
    return YES if viewer_of(context).runs_surveys else _office_only()


def knows_survey(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may know of the survey."""
    _survey(context, data_dict)
    return YES


def runs_this_survey(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the survey office, for a survey that exists."""
    _survey(context, data_dict)
    return runs_surveys(context, data_dict)


def knows_response(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may know of the unit's response."""
    _response(context, data_dict)
    return YES


def runs_this_response(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow the survey office, for a response that exists."""
    _response(context, data_dict)
    return runs_surveys(context, data_dict)


def answers_for(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow editors and admins of the unit."""
    return _answering(context, _response(context, data_dict))


def approves_for(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow admins of the unit and of the units above it; what was endorsed, the survey office."""
    response, viewer = _response(context, data_dict), viewer_of(context)
    # Whoever just endorsed it may send the same click again; the rules answer that nothing is left to do.
    again = response.state == ResponseState.ENDORSED and viewer.user_id == response.endorsed_by
    return YES if again or reviews.may_approve(viewer, response) else _approvers_only(response)


def returns_for(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow those whose review it is, or was."""
    response, survey = _found(context, data_dict)
    return YES if reviews.may_return(viewer_of(context), response, survey) else _approvers_only(response)


def approves_in_own_right(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow admins of the unit and of the units above it, but not by a right that was lent to them."""
    viewer = viewer_of(context)
    unit = find_unit(session_of(context), data_dict.get("unit") or "")
    if unit is None or not (viewer.everything or unit.id in viewer.reads):
        raise tk.ObjectNotFound(tk._("The unit was not found."))
    if viewer.may_approve(unit.id) and unit.id not in viewer.lent:
        return YES
    return {"success": False, "msg": tk._("Only an administrator of the unit can lend the right to approve.")}


def knows_row(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow whoever may know of the row."""
    _row(context, data_dict)
    return YES


def answers_for_row(context: Context, data_dict: DataDict) -> AuthResult:
    """Allow editors and admins of the unit whose row it is."""
    return _answering(context, _row(context, data_dict).response)


def _answering(context: Context, response: Response) -> AuthResult:
    if viewer_of(context).may_answer(response.unit_id):
        return YES
    return {"success": False, "msg": tk._("Only editors and administrators of the unit can answer for it.")}


def _office_only() -> AuthResult:
    return {"success": False, "msg": tk._("Only the survey office can do this.")}


def _survey(context: Context, data_dict: DataDict) -> Survey:
    survey_id = data_dict.get("id") or data_dict.get("survey") or ""
    survey = surveys.find(session_of(context), viewer_of(context), survey_id)
    if survey is None:
        raise tk.ObjectNotFound(tk._("The survey was not found."))
    return survey


def _approvers_only(response: Response) -> AuthResult:
    if response.state == ResponseState.ENDORSED:
        return {"success": False, "msg": tk._("The unit has approved already; the survey office confirms now.")}
    return {"success": False, "msg": tk._("Only an administrator of the unit can return or approve its answers.")}


def _response(context: Context, data_dict: DataDict) -> Response:
    return _found(context, data_dict)[0]


def _found(context: Context, data_dict: DataDict) -> tuple[Response, Survey]:
    session = session_of(context)
    unit = find_unit(session, data_dict.get("unit") or "")
    found = unit and responses.find(session, viewer_of(context), data_dict.get("survey") or "", unit.id)
    if not found:
        raise no_such_response()
    return found


def _row(context: Context, data_dict: DataDict) -> answers.Row:
    row = answers.find(session_of(context), viewer_of(context), data_dict.get("id") or "")
    if row is None:
        raise tk.ObjectNotFound(tk._("The row was not found."))
    return row
