"""Rounds: creating them and walking their states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import is_past
from ckanext.hokkaido_inventory.domain.refusal import DeadlineInPast, NoUnits, UnitsFixed
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct, SurveyState, advance
from ckanext.hokkaido_inventory.model import Event, Response, Survey, Tally
from ckanext.hokkaido_inventory.service.event import record_survey
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import surveys_visible_to

__all__ = [
    "Changes",
    "Counts",
    "change",
    "counts_of",
    "create",
    "events_of",
    "find",
    "find_locked",
    "list_visible",
    "step",
]

_ACTS = {
    SurveyAct.OPEN: Act.SURVEY_OPENED,
    SurveyAct.CLOSE: Act.SURVEY_CLOSED,
    SurveyAct.REOPEN: Act.SURVEY_REOPENED,
    SurveyAct.PUBLISH: Act.SURVEY_PUBLISHED,
    SurveyAct.ARCHIVE: Act.SURVEY_ARCHIVED,
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed in a survey; what is None stays."""

    title: str | None = None
    fiscal_year: int | None = None
    deadline: date | None = None
    instructions: str | None = None
    units: Sequence[Unit] | None = None


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


def create(
    session: Session, changes: Changes, *, actor_id: str | None, at: datetime, open_at_once: bool = False
) -> Survey:
    """Add a survey and an empty response for each of its units.

    :raises DeadlineInPast, NoUnits: when it is to be opened at once and cannot be.
    """
    survey = Survey(
        title=changes.title,
        fiscal_year=changes.fiscal_year,
        instructions=changes.instructions or "",
        deadline=changes.deadline,
        state=SurveyState.DRAFT,
        version=1,
        created_by=actor_id,
    )
    session.add(survey)
    session.flush()
    _add_units(session, survey, changes.units or ())
    session.flush()
    record_survey(session, survey, Act.SURVEY_CREATED, actor_id, None, units=len(changes.units or ()))
    if open_at_once:
        step(session, survey, SurveyAct.OPEN, actor_id=actor_id, at=at)
    return survey


def change(session: Session, survey: Survey, changes: Changes, *, actor_id: str | None, at: datetime) -> None:
    """Change a survey that is locked.

    :raises UnitsFixed: when the year is changed or a unit taken away although the survey was opened.
    :raises DeadlineInPast: when the survey is open and its new last day is over already.
    """
    if survey.state == SurveyState.OPEN and changes.deadline and is_past(changes.deadline, at):
        raise DeadlineInPast(changes.deadline)
    drafting = survey.state == SurveyState.DRAFT
    if not drafting and changes.fiscal_year not in (None, survey.fiscal_year):
        raise UnitsFixed
    for name in ("title", "fiscal_year", "deadline", "instructions"):
        value = getattr(changes, name)
        if value is not None:
            setattr(survey, name, value)
    if changes.units is not None:
        _set_units(session, survey, changes.units)
    survey.version += 1
    record_survey(session, survey, Act.SURVEY_CHANGED, actor_id, survey.state, deadline=survey.deadline.isoformat())


def step(
    session: Session,
    survey: Survey,
    act: SurveyAct,
    *,
    actor_id: str | None,
    at: datetime,
    deadline: date | None = None,
    **detail: object,
) -> None:
    """Walk one step of the state table with a survey that is locked, and write it into the trail.

    :raises IllegalTransition: when the table has no such step.
    :raises DeadlineInPast, NoUnits: when units could not answer after this step.
    """
    before = survey.state
    survey.state = advance(SurveyState(before), act)
    if deadline is not None:
        survey.deadline = deadline
    if survey.state == SurveyState.OPEN:
        _check_answerable(session, survey, at)
    _stamp(survey, at)
    survey.version += 1
    record_survey(session, survey, _ACTS[act], actor_id, before, **detail)


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


def _add_units(session: Session, survey: Survey, units: Collection[Unit]) -> None:
    session.add_all(
        Response(survey_id=survey.id, unit_id=unit.id, state=ResponseState.NOT_STARTED, version=1, none_held=False)
        for unit in units
    )


def _set_units(session: Session, survey: Survey, units: Sequence[Unit]) -> None:
    present = set(session.execute(sa.select(Response.unit_id).where(Response.survey_id == survey.id)).scalars())
    wanted = {unit.id for unit in units}
    gone = present - wanted
    if gone and survey.state != SurveyState.DRAFT:
        raise UnitsFixed
    if gone:
        session.execute(sa.delete(Response).where(Response.survey_id == survey.id, Response.unit_id.in_(gone)))
    _add_units(session, survey, [unit for unit in units if unit.id not in present])
