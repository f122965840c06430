"""Reviews: returning with remarks, endorsing in the unit, approving; each of a version that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.refusal import (
    OwnEndorsement,
    OwnSubmission,
    RemarkMissing,
    SurveyNotOpen,
    UnknownRow,
)
from ckanext.hokkaido_inventory.domain.response_state import IllegalTransition, ResponseAct, ResponseState, advance
from ckanext.hokkaido_inventory.domain.reviewing import approval, approval_stage, return_stages
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Remark, Response, Survey
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import grow, require_version
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["Note", "approve", "may_approve", "may_return", "return_"]


@dataclass(frozen=True, slots=True)
class Note:
    """One remark to be made: on the whole response, on a row, or on one field of a row."""

    text: str
    answer_id: str | None = None
    field: str | None = None


def may_approve(viewer: Viewer, response: Response) -> bool:
    """Tell whether it is this person's part to approve the response as it stands (whoever submitted it)."""
    return viewer.reviews_as(approval_stage(ResponseState(response.state)), response.unit_id)


def may_return(viewer: Viewer, response: Response, survey: Survey) -> bool:
    """Tell whether it is this person's part to give the response back as it stands."""
    stages = return_stages(ResponseState(response.state), second_stage=survey.second_stage)
    return any(viewer.reviews_as(stage, response.unit_id) for stage in stages)


def return_(
    session: Session,
    response: Response,
    survey: Survey,
    *,
    version: int,
    notes: Sequence[Note],
    viewer: Viewer,
    at: datetime,
) -> None:
    """Give a response that is locked back to the unit, with at least one remark.

    :raises Refusal: when the round is not open, somebody changed what was read, or no remark says why.
    """
    if survey.state != SurveyState.OPEN:
        raise SurveyNotOpen(survey.state)
    require_version(response, version)
    if not notes:
        raise RemarkMissing
    _require_rows(session, response, {note.answer_id for note in notes if note.answer_id})
    before = ResponseState(response.state)
    state = advance(before, ResponseAct.RETURN)
    _require_turn(before, ResponseAct.RETURN, mine=may_return(viewer, response, survey))
    response.state = state
    response.approved_at = response.approved_by = response.approved_version = None
    response.endorsed_at = response.endorsed_by = response.endorsed_version = None
    grow(response, at)
    session.add_all(
        Remark(
            response_id=response.id,
            answer_id=note.answer_id,
            field=note.field,
            text=note.text,
            created_by=viewer.user_id,
        )
        for note in notes
    )
    detail = {"remarks": len(notes)} | _lent(viewer, response, before)
    record_response(session, response, Act.RESPONSE_RETURNED, viewer.user_id, before, **detail)


def approve(
    session: Session, response: Response, survey: Survey, *, version: int, viewer: Viewer, at: datetime
) -> None:
    """Approve the version of a response that was read; the very same approval again changes nothing.

    Where the round has a second stage, the approval in the unit endorses, and the survey office's approves.

    :raises StaleVersion: when the response is not what was read any more (CC-02); nothing is approved.
    :raises OwnSubmission: when the approver submitted it (AZ-03).
    :raises OwnEndorsement: when who confirms for the office has approved it in the unit.
    :raises IllegalTransition, SurveyNotOpen: when there is nothing to approve now.
    """
    if _done_already(response, version, viewer.user_id):
        return
    if survey.state != SurveyState.OPEN:
        raise SurveyNotOpen(survey.state)
    before = ResponseState(response.state)
    act = approval(before, second_stage=survey.second_stage)
    state = advance(before, act)
    require_version(response, version)
    _require_turn(before, act, mine=may_approve(viewer, response))
    _require_other_eyes(response, before, viewer.user_id)
    response.state = state
    grow(response, at)
    if act is ResponseAct.ENDORSE:
        response.endorsed_at, response.endorsed_by, response.endorsed_version = at, viewer.user_id, response.version
    else:
        response.approved_at, response.approved_by, response.approved_version = at, viewer.user_id, response.version
    what = Act.RESPONSE_ENDORSED if act is ResponseAct.ENDORSE else Act.RESPONSE_APPROVED
    record_response(session, response, what, viewer.user_id, before, **_lent(viewer, response, before))


def _done_already(response: Response, version: int, actor_id: str | None) -> bool:
    """Tell whether this very approval was given already: a second click, or an answer that got lost on its way."""
    match response.state:
        case ResponseState.ENDORSED:
            return (response.endorsed_version, response.endorsed_by) == (version + 1, actor_id)
        case ResponseState.APPROVED:
            return (response.approved_version, response.approved_by) == (version + 1, actor_id)
    return False


def _require_turn(state: ResponseState, act: ResponseAct, *, mine: bool) -> None:
    """Refuse what passed to somebody else's review between the look at the rights and the lock."""
    if not mine:
        raise IllegalTransition(state, act, ())


def _require_other_eyes(response: Response, before: ResponseState, actor_id: str | None) -> None:
    if actor_id is None:
        return
    if actor_id == response.submitted_by:
        raise OwnSubmission
    if before is ResponseState.ENDORSED and actor_id == response.endorsed_by:
        raise OwnEndorsement


def _lent(viewer: Viewer, response: Response, before: str) -> dict[str, str]:
    """Name the delegation by which somebody reviews in another's place."""
    delegation = viewer.lent.get(response.unit_id)
    return {"delegation": delegation} if delegation and before != ResponseState.ENDORSED else {}


def _require_rows(session: Session, response: Response, answer_ids: set[str]) -> None:
    found = session.execute(
        sa.select(sa.func.count()).where(Answer.response_id == response.id, Answer.id.in_(answer_ids))
    ).scalar_one()
    if found != len(answer_ids):
        raise UnknownRow
