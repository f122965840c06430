"""Making and changing rounds: what is asked, of which units, from which day to which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import is_past
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.domain.refusal import DeadlineInPast, NoUnits, UnitsFixed
from ckanext.hokkaido_inventory.domain.refusal_round import OpeningAfterDeadline, SettledAtOpening
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Response, Survey
from ckanext.hokkaido_inventory.service.carrying import carry
from ckanext.hokkaido_inventory.service.event import record_survey
from ckanext.hokkaido_inventory.service.survey import open_unless_later
from ckanext.hokkaido_inventory.service.unit import Unit

__all__ = ["Changes", "change", "create"]

#: What stands from the opening on.
SETTLED = ("training", "second_stage", "opens_on")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed in a survey; what is None stays."""

    title: str | None = None
    fiscal_year: int | None = None
    deadline: date | None = None
    instructions: str | None = None
    units: Sequence[Unit] | None = None
    question_set: str | None = None
    training: bool | None = None
    second_stage: bool | None = None
    #: Day on which the clock opens the draft; a blank takes the day away again, None leaves it.
    opens_on: date | Literal[""] | None = None
    #: The round whose rows every unit finds again.
    previous_id: str | None = None


def create(
    session: Session, changes: Changes, *, actor_id: str | None, at: datetime, open_at_once: bool = False
) -> Survey:
    """Add a survey and an empty response for each of its units.

    A day of opening that lies ahead wins over `open_at_once`: the clock opens the draft on that day.

    :raises NoUnits: when nobody is asked.
    :raises DeadlineInPast: when it is to be opened at once and cannot be.
    :raises OpeningAfterDeadline: when the day of opening lies after the last day.
    """
    if not changes.units:
        raise NoUnits
    survey = Survey(
        title=changes.title,
        fiscal_year=changes.fiscal_year,
        instructions=changes.instructions or "",
        deadline=changes.deadline,
        state=SurveyState.DRAFT,
        version=1,
        created_by=actor_id,
        question_set=changes.question_set or QuestionSet.STANDARD,
        training=bool(changes.training),
        second_stage=bool(changes.second_stage),
        opens_on=changes.opens_on or None,
        previous_id=changes.previous_id,
    )
    _check_opening(survey)
    session.add(survey)
    session.flush()
    _add_units(session, survey, changes.units, at)
    record_survey(session, survey, Act.SURVEY_CREATED, actor_id, None, units=len(changes.units))
    if open_at_once:
        open_unless_later(session, survey, actor_id=actor_id, at=at)
    return survey


def change(session: Session, survey: Survey, changes: Changes, *, actor_id: str | None, at: datetime) -> None:
    """Change a survey that is locked.

    :raises UnitsFixed: when the year is changed or a unit taken away although the survey was opened.
    :raises SettledAtOpening: when what stands from the opening on is changed after it.
    :raises DeadlineInPast: when the survey is open and its new last day is over already.
    :raises OpeningAfterDeadline: when the day of opening lies after the last day.
    """
    if survey.state == SurveyState.OPEN and changes.deadline and is_past(changes.deadline, at):
        raise DeadlineInPast(changes.deadline)
    drafting = survey.state == SurveyState.DRAFT
    if not drafting and changes.fiscal_year not in (None, survey.fiscal_year):
        raise UnitsFixed
    settled = {name: _given(changes, name, getattr(survey, name)) for name in SETTLED}
    if not drafting and any(value != getattr(survey, name) for name, value in settled.items()):
        raise SettledAtOpening
    for name in ("title", "fiscal_year", "deadline", "instructions", "question_set"):
        setattr(survey, name, _given(changes, name, getattr(survey, name)))
    for name, value in settled.items():
        setattr(survey, name, value)
    _check_opening(survey)
    if changes.units is not None:
        _set_units(session, survey, changes.units, at)
    survey.version += 1
    record_survey(session, survey, Act.SURVEY_CHANGED, actor_id, survey.state, deadline=survey.deadline.isoformat())


def _given(changes: Changes, name: str, present: Any) -> Any:
    """Return what a field shall hold: what stands there, unless something is given; a blank day is no day."""
    value = getattr(changes, name)
    return present if value is None else (None if value == "" and name == "opens_on" else value)


def _check_opening(survey: Survey) -> None:
    if survey.opens_on is not None and survey.opens_on > survey.deadline:
        raise OpeningAfterDeadline(survey.opens_on, survey.deadline)


def _add_units(session: Session, survey: Survey, units: Collection[Unit], at: datetime) -> None:
    """Add a response for each unit; in a round that was rolled over each finds its rows again."""
    session.add_all(
        Response(survey_id=survey.id, unit_id=unit.id, state=ResponseState.NOT_STARTED, version=1, none_held=False)
        for unit in units
    )
    session.flush()
    if survey.previous_id and units:
        carry(session, survey, {unit.id for unit in units}, at=at)


def _set_units(session: Session, survey: Survey, units: Sequence[Unit], at: datetime) -> None:
    present = set(session.execute(sa.select(Response.unit_id).where(Response.survey_id == survey.id)).scalars())
    wanted = {unit.id for unit in units}
    gone = present - wanted
    if gone and survey.state != SurveyState.DRAFT:
        raise UnitsFixed
    if gone:
        going = sa.select(Response.id).where(Response.survey_id == survey.id, Response.unit_id.in_(gone))
        session.execute(sa.delete(Answer).where(Answer.response_id.in_(going)))
        session.execute(sa.delete(Response).where(Response.survey_id == survey.id, Response.unit_id.in_(gone)))
    _add_units(session, survey, [unit for unit in units if unit.id not in present], at)
