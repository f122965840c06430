"""Rounds: finding them and walking their states; how they are made stands in `survey_making.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import is_past, today
from ckanext.hokkaido_inventory.domain.refusal import DeadlineInPast, NoUnits
from ckanext.hokkaido_inventory.domain.refusal_round import TrainingNotPublished
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct, SurveyState, advance
from ckanext.hokkaido_inventory.model import Event, Response, Survey, Tally
from ckanext.hokkaido_inventory.service.event import record_survey
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import surveys_visible_to

__all__ = [
    "Counts",
    "counts_of",
    "events_of",
    "find",
    "find_locked",
    "list_visible",
    "open_due",
    "open_unless_later",
    "step",
]

_ACTS = {
    SurveyAct.OPEN: Act.SURVEY_OPENED,
    SurveyAct.CLOSE: Act.SURVEY_CLOSED,
    SurveyAct.REOPEN: Act.SURVEY_REOPENED,
    SurveyAct.PUBLISH: Act.SURVEY_PUBLISHED,
    SurveyAct.ARCHIVE: Act.SURVEY_ARCHIVED,
}


@dataclass(slots=True)
class Counts:
    """How far the units of a survey are."""

    units: int = 0
    rows: int = 0
    by_state: Counter[str] = field(default_factory=Counter)


def find(session: Session, viewer: Viewer, survey_id: str) -> Survey | None:
    """Return a survey that the viewer may know of."""
    return session.execute(surveys_visible_to(viewer).where(Survey.id == survey_id)).scalar_one_or_none()


def find_locked(session: Session, viewer: Viewer, survey_id: str) -> Survey | None:
    """Return a survey that the viewer may know of, locked until the transaction ends, as it is now."""
    return session.execute(
        surveys_visible_to(viewer)
        .where(Survey.id == survey_id)
        .with_for_update(of=Survey)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def list_visible(session: Session, viewer: Viewer, state: str | None = None) -> list[Survey]:
    """Return the surveys that the viewer may know of, newest first."""
    found = surveys_visible_to(viewer).order_by(Survey.fiscal_year.desc(), Survey.created_at.desc(), Survey.id)
    return list(session.execute(found.where(Survey.state == state) if state else found).scalars())


def step(
    session: Session,
    survey: Survey,
    act: SurveyAct,
    *,
    actor_id: str | None,
    at: datetime,
    deadline: date | None = None,
    note: str | None = None,
    **detail: object,
) -> None:
    """Walk one step of the state table with a survey that is locked, and write it into the trail.

    :param note: why, in the words of whoever does it; only the office reads it.
    :raises IllegalTransition: when the table has no such step.
    :raises DeadlineInPast, NoUnits: when units could not answer after this step.
    :raises TrainingNotPublished: when a round for practice is to be published.
    """
    if act is SurveyAct.PUBLISH and survey.training:
        raise TrainingNotPublished
    before = survey.state
    survey.state = advance(SurveyState(before), act)
    if deadline is not None:
        survey.deadline = deadline
    if survey.state == SurveyState.OPEN:
        _check_answerable(session, survey, at)
    _stamp(survey, at)
    survey.version += 1
    record_survey(session, survey, _ACTS[act], actor_id, before, note=note, **detail)


def open_unless_later(session: Session, survey: Survey, *, actor_id: str | None, at: datetime) -> None:
    """Open a draft that is locked or new, unless a day of opening lies ahead: then the clock opens it on that day."""
    if survey.opens_on is None or survey.opens_on <= today(at):
        step(session, survey, SurveyAct.OPEN, actor_id=actor_id, at=at)


def open_due(session: Session, *, at: datetime) -> list[str]:
    """Open the drafts whose day of opening has come, and return their ids; what a stopped clock missed is made up for.

    A draft that cannot be opened (no units, or its last day is over as well) stays a draft, which its page shows. A
    draft that somebody is changing at this moment is left for the next time (TM-06).
    """
    day = today(at)
    found = session.execute(
        sa.select(Survey)
        .where(
            Survey.state == SurveyState.DRAFT,
            Survey.opens_on <= day,
            Survey.deadline >= day,
            sa.exists().where(Response.survey_id == Survey.id),
        )
        .order_by(Survey.id)
        .with_for_update(of=Survey, skip_locked=True)
    ).scalars()
    opened = []
    for survey in found:
        step(session, survey, SurveyAct.OPEN, actor_id=None, at=at)
        opened.append(survey.id)
    session.flush()
    return opened


def counts_of(session: Session, survey_ids: Collection[str]) -> dict[str, Counts]:
    """Return how far each survey is, in one statement whatever their number; rows are read from the tallies."""
    counts = {survey_id: Counts() for survey_id in survey_ids}
    by_state = session.execute(
        sa.select(Response.survey_id, Response.state, sa.func.count(), sa.func.coalesce(sa.func.sum(Tally.rows), 0))
        .outerjoin(Tally, Tally.response_id == Response.id)
        .where(Response.survey_id.in_(counts))
        .group_by(Response.survey_id, Response.state)
    )
    for survey_id, state, count, rows in by_state:
        counts[survey_id].units += count
        counts[survey_id].rows += rows
        counts[survey_id].by_state[ResponseState(state)] = count
    return counts


def events_of(session: Session, survey_id: str, response_id: str | None = None) -> list[Event]:
    """Return the trail of a survey itself, or of one of its responses, oldest first."""
    return list(
        session.execute(
            sa.select(Event)
            .where(Event.survey_id == survey_id, Event.response_id.is_not_distinct_from(response_id))
            .order_by(Event.at, Event.id)
        ).scalars()
    )


def _check_answerable(session: Session, survey: Survey, at: datetime) -> None:
    if is_past(survey.deadline, at):
        raise DeadlineInPast(survey.deadline)
    if not session.scalar(sa.select(sa.exists().where(Response.survey_id == survey.id))):
        raise NoUnits


def _stamp(survey: Survey, at: datetime) -> None:
    match survey.state:
        case SurveyState.OPEN:
            survey.opened_at, survey.closed_at = survey.opened_at or at, None
        case SurveyState.CLOSED:
            survey.closed_at = at
        case SurveyState.PUBLISHED:
            survey.published_at = at
