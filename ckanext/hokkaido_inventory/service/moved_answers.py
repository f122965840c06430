"""What a reorganisation does to the responses of rounds that are not closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Remark, Response, Survey
from ckanext.hokkaido_inventory.service.event import record_response

__all__ = ["MovedAnswers", "move_answers"]


@dataclass(frozen=True, slots=True)
class MovedAnswers:
    """Answers of one round that went to another response; `again` tells that they must be submitted once more."""

    survey_id: str
    title: str
    rows: int
    again: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """Who gives to whom, and why."""

    holding_ids: Sequence[str]
    from_units: Sequence[str]
    to_unit: str
    ceasing: bool
    note: str
    actor_id: str | None
    at: datetime


def move_answers(  # noqa: PLR0913 - each is a part of the rule.
    session: Session,
    surveys: Sequence[Survey],
    *,
    holding_ids: Sequence[str],
    from_units: Sequence[str],
    to_unit: str,
    ceasing: bool,
    note: str,
    actor_id: str | None,
    at: datetime,
) -> list[MovedAnswers]:
    """Let the answers of rounds that are locked follow their holdings into the response of the new unit.

    :param ceasing: whether the old units end: they have nothing more to answer then, and the new one is asked.
    :param note: what the new unit reads where its response comes back to it.
    """
    way = _Way(holding_ids, from_units, to_unit, ceasing, note, actor_id, at)
    found = (_move(session, survey, way) for survey in surveys)
    return [moved for moved in found if moved is not None]


def _move(session: Session, survey: Survey, way: _Way) -> MovedAnswers | None:
    givers = _responses(session, survey, way.from_units)
    rows = session.execute(
        sa.select(Answer.id, Answer.response_id, Answer.change).where(
            Answer.response_id.in_([giver.id for giver in givers]), Answer.holding_id.in_(way.holding_ids)
        )
    ).all()
    if not givers or not (rows or way.ceasing):
        return None
    taker = next(iter(_responses(session, survey, [way.to_unit])), None) or _new(session, survey, way)
    ids = [row.id for row in rows]
    _update(session, sa.update(Answer).where(Answer.id.in_(ids)).values(response_id=taker.id))
    _update(session, sa.update(Remark).where(Remark.answer_id.in_(ids)).values(response_id=taker.id))
    again = bool(rows) and _receive(session, taker, way, touched=any(row.change != Change.CARRIED for row in rows))
    if rows:
        record_response(session, taker, Act.RESPONSE_MOVED, way.actor_id, taker.state, rows=len(rows), taken=True)
    for giver in givers:
        count = sum(row.response_id == giver.id for row in rows)
        if count or way.ceasing:
            _give(session, survey, giver, way, count)
    session.flush()
    return MovedAnswers(survey.id, survey.title, len(rows), again)


def _responses(session: Session, survey: Survey, unit_ids: Sequence[str]) -> list[Response]:
    return list(
        session.execute(
            sa.select(Response)
            .where(Response.survey_id == survey.id, Response.unit_id.in_(unit_ids))
            .order_by(Response.id)
            .execution_options(populate_existing=True)
        ).scalars()
    )


def _new(session: Session, survey: Survey, way: _Way) -> Response:
    response = Response(
        survey_id=survey.id, unit_id=way.to_unit, state=ResponseState.NOT_STARTED, version=1, none_held=False
    )
    session.add(response)
    session.flush()
    return response


def _receive(session: Session, response: Response, way: _Way, *, touched: bool) -> bool:
    """Take rows in; a response that was submitted or approved comes back to its unit, which nobody has read so yet."""
    before = ResponseState(response.state)
    response.version += 1
    response.updated_at = way.at
    if before in EDITABLE:
        if before is ResponseState.NOT_STARTED and touched:
            response.state = ResponseState.IN_PROGRESS
        return False
    response.state = ResponseState.RETURNED
    response.none_held, response.none_held_signer = False, None
    response.endorsed_at = response.endorsed_by = response.endorsed_version = None
    response.approved_at = response.approved_by = response.approved_version = None
    session.add(Remark(response_id=response.id, text=way.note, created_by=way.actor_id))
    return True


def _give(session: Session, survey: Survey, response: Response, way: _Way, rows: int) -> None:
    """Let rows go; a unit that ends has nothing more to answer, which the office signs by the transfer."""
    if way.ceasing and survey.state == SurveyState.DRAFT:
        session.delete(response)
        return
    before = response.state
    response.version += 1
    response.updated_at = way.at
    if response.approved_version is not None:
        response.approved_version = response.version
    if way.ceasing:
        response.state = ResponseState.APPROVED
        response.none_held = True
        response.approved_at, response.approved_by = way.at, way.actor_id
        response.approved_version = response.version
    record_response(session, response, Act.RESPONSE_MOVED, way.actor_id, before, rows=rows, to=way.to_unit)


def _update(session: Session, statement: sa.Update) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
