"""Responses: who may change what when, and the steps from the first row to the approval."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import effective, is_past
from ckanext.hokkaido_inventory.domain.refusal import (
    DeadlineInPast,
    DeadlinePassed,
    Refusal,
    ResponseLocked,
    StaleVersion,
    SurveyNotOpen,
)
from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseAct, ResponseState, advance
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Holding, Remark, Response, Survey, Tally
from ckanext.hokkaido_inventory.service.completeness import require_content
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import responses_visible_to

__all__ = [
    "deadline_of",
    "extend",
    "find",
    "find_locked",
    "grow",
    "hindrance",
    "list_visible",
    "remarks_of",
    "require_editable",
    "require_version",
    "rows_per_response",
    "submit",
    "touch",
]

_SUBMITTED = (ResponseState.SUBMITTED, ResponseState.NONE_HELD)


def find(session: Session, viewer: Viewer, survey_id: str, unit_id: str) -> tuple[Response, Survey] | None:
    """Return a response that the viewer may know of, with its survey."""
    row = session.execute(
        responses_visible_to(viewer)
        .add_columns(Survey)
        .where(Response.survey_id == survey_id, Response.unit_id == unit_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def find_locked(session: Session, viewer: Viewer, survey_id: str, unit_id: str) -> tuple[Response, Survey] | None:
    """Return a response as it is now, locked until the transaction ends; its survey cannot change meanwhile either.

    The survey is locked before the response, everywhere, so that two transactions never wait for one another.
    """
    survey = session.execute(
        sa.select(Survey)
        .where(Survey.id == survey_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if survey is None:
        return None
    response = session.execute(
        responses_visible_to(viewer)
        .where(Response.survey_id == survey_id, Response.unit_id == unit_id)
        .with_for_update(of=Response)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    return (response, survey) if response else None


def list_visible(session: Session, viewer: Viewer, survey_ids: Collection[str]) -> list[tuple[Response, Survey]]:
    """Return the responses to some surveys that the viewer may know of."""
    rows = session.execute(responses_visible_to(viewer).add_columns(Survey).where(Response.survey_id.in_(survey_ids)))
    return [(row[0], row[1]) for row in rows]


def rows_per_response(session: Session, response_ids: Collection[str]) -> dict[str, int]:
    """Return the number of rows of each response that has any, in one statement."""
    rows = session.execute(
        sa.select(Tally.response_id, Tally.rows).where(Tally.response_id.in_(response_ids), Tally.rows > 0)
    )
    return dict(rows.tuples().all())


def remarks_of(session: Session, response_id: str) -> list[tuple[Remark, int | None]]:
    """Return the remarks on a response with the number of the row each is about, oldest first."""
    rows = session.execute(
        sa.select(Remark, Holding.number)
        .outerjoin(Answer, Answer.id == Remark.answer_id)
        .outerjoin(Holding, Holding.id == Answer.holding_id)
        .where(Remark.response_id == response_id)
        .order_by(Remark.created_at, Remark.id)
    )
    return [(row[0], row[1]) for row in rows]


def deadline_of(response: Response, survey: Survey) -> date:
    """Return the last day on which this unit may answer."""
    return effective(survey.deadline, response.extended_until)


def hindrance(response: Response, survey: Survey, at: datetime) -> Refusal | None:
    """Return why the rows of a response cannot be changed at the instant `at`; nothing when they can."""
    if survey.state != SurveyState.OPEN:
        return SurveyNotOpen(survey.state)
    if ResponseState(response.state) not in EDITABLE:
        return ResponseLocked(response.state)
    if is_past(deadline_of(response, survey), at):
        return DeadlinePassed(deadline_of(response, survey))
    return None


def require_editable(response: Response, survey: Survey, at: datetime) -> None:
    """Raise the `Refusal` that keeps the rows from being changed at the instant `at`."""
    refusal = hindrance(response, survey, at)
    if refusal:
        raise refusal


def touch(response: Response, at: datetime) -> None:
    """Count a change of the rows of a response: its version grows and its answering has begun."""
    response.state = advance(ResponseState(response.state), ResponseAct.EDIT)
    grow(response, at)


def submit(  # noqa: PLR0913 - who, when and what was read belong to the act.
    session: Session,
    response: Response,
    survey: Survey,
    *,
    version: int,
    signer: str | None,
    none_held: bool,
    actor_id: str | None,
    at: datetime,
) -> None:
    """Submit a response that is locked; the very same submission again changes nothing (CC-03).

    :raises Refusal: when the round takes no answers, somebody changed what was read, or rows or signature are missing.
    """
    if response.state in _SUBMITTED and (response.submitted_version, response.submitted_by) == (version + 1, actor_id):
        return
    require_editable(response, survey, at)
    require_version(response, version)
    require_content(session, response, none_held=none_held, signer=signer)
    before = response.state
    response.state = advance(ResponseState(before), ResponseAct.DECLARE_NONE if none_held else ResponseAct.SUBMIT)
    response.none_held = none_held
    response.none_held_signer = signer if none_held else None
    grow(response, at)
    response.submitted_at, response.submitted_by, response.submitted_version = at, actor_id, response.version
    response.approved_at = response.approved_by = response.approved_version = None
    response.endorsed_at = response.endorsed_by = response.endorsed_version = None
    session.execute(
        sa.update(Remark)
        .where(Remark.response_id == response.id, Remark.resolved_at.is_(None))
        .values(resolved_at=at, resolved_by=actor_id)
    )
    record_response(session, response, Act.RESPONSE_SUBMITTED, actor_id, before, none_held=none_held)


def extend(
    session: Session, response: Response, survey: Survey, *, deadline: date, actor_id: str | None, at: datetime
) -> None:
    """Give one unit more time.

    :raises SurveyNotOpen: when the round is not open.
    :raises DeadlineInPast: when the new day is over already.
    """
    if survey.state != SurveyState.OPEN:
        raise SurveyNotOpen(survey.state)
    if is_past(deadline, at):
        raise DeadlineInPast(deadline)
    response.extended_until = deadline
    record_response(session, response, Act.RESPONSE_EXTENDED, actor_id, response.state, deadline=deadline.isoformat())


def grow(response: Response, at: datetime) -> None:
    """Count a change of a response that is locked."""
    response.version += 1
    response.updated_at = at


def require_version(response: Response, version: int) -> None:
    """Raise `StaleVersion` unless the response is still what was read."""
    if version != response.version:
        raise StaleVersion(version, response.version)
