"""Surveys and their trail as dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import TRANSITIONS, SurveyAct, SurveyState
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant, person
from ckanext.hokkaido_inventory.logic.names import day, name_of
from ckanext.hokkaido_inventory.model import Event, Survey
from ckanext.hokkaido_inventory.service.calendar import is_working_day, next_working_day
from ckanext.hokkaido_inventory.service.person import Person
from ckanext.hokkaido_inventory.service.survey import Counts
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["act_label", "event_dicts", "survey_dict", "survey_head"]


def survey_head(survey: Survey) -> dict[str, Any]:
    """Return a survey without what must be counted."""
    return {
        "id": survey.id,
        "title": survey.title,
        "fiscal_year": survey.fiscal_year,
        "fiscal_year_label": fiscal_year_label(survey.fiscal_year),
        "instructions": survey.instructions,
        "deadline": survey.deadline.isoformat(),
        "state": survey.state,
        "state_label": name_of(SurveyState(survey.state).wording),
        "version": survey.version,
        "second_stage": survey.second_stage,
        "training": survey.training,
        "opened_at": instant(survey.opened_at),
        "closed_at": instant(survey.closed_at),
        "published_at": instant(survey.published_at),
        "opens_on": survey.opens_on.isoformat() if survey.opens_on else None,
        "question_set": survey.question_set,
        "question_set_label": name_of(QuestionSet(survey.question_set).wording),
    }


def survey_dict(survey: Survey, counts: Counts, viewer: Viewer) -> dict[str, Any]:
    """Return a survey with what the viewer may do to it and, for the office, how far its units are."""
    steps = {act.value: viewer.runs_surveys and (SurveyState(survey.state), act) in TRANSITIONS for act in SurveyAct}
    may = steps | {
        "update": viewer.runs_surveys and survey.state != SurveyState.ARCHIVED,
        "publish": steps[SurveyAct.PUBLISH.value] and not survey.training,
        "roll_over": viewer.runs_surveys and survey.state != SurveyState.DRAFT,
    }
    head = survey_head(survey) | {"counts": _counts(counts) if viewer.runs_surveys else None, "may": may}
    if not viewer.runs_surveys:
        return head
    return head | {"previous": survey.previous_id, "warnings": _warnings(survey)}


def _warnings(survey: Survey) -> list[dict[str, Any]]:
    """Return what the office may wish to change, and what is offered instead; nothing is refused for it (TM-02)."""
    if survey.state not in (SurveyState.DRAFT, SurveyState.OPEN) or is_working_day(survey.deadline):
        return []
    offered = next_working_day(survey.deadline)
    said = tk._("The offices are closed on the deadline (%(deadline)s). The next working day is %(offered)s.")
    message = said % {"deadline": day(survey.deadline), "offered": day(offered)}
    return [{"code": "deadline_on_a_day_off", "message": message, "offered": offered.isoformat()}]


def event_dicts(events: Sequence[Event], people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """Return a trail, with the people in it."""
    labels = {act: act_label(Act(act)) for act in {event.act for event in events}}
    return [
        {
            "act": event.act,
            "act_label": labels[event.act],
            "state_from": event.state_from,
            "state_to": event.state_to,
            "version": event.version,
            "detail": dict(event.detail),
            "note": event.note,
            "at": instant(event.at),
            "actor": person(people.get(event.actor_id or "")),
        }
        for event in events
    ]


def act_label(act: Act) -> str:
    """Return what was done, in the language of the request."""
    return _ACTS[act]()


#: Each is put into words when it is asked for: a trail has hundreds of acts of a few kinds.
_ACTS: dict[Act, Callable[[], str]] = {
    Act.SURVEY_CREATED: lambda: tk._("Survey created"),
    Act.SURVEY_CHANGED: lambda: tk._("Survey changed"),
    Act.SURVEY_OPENED: lambda: tk._("Survey opened"),
    Act.SURVEY_CLOSED: lambda: tk._("Survey closed"),
    Act.SURVEY_REOPENED: lambda: tk._("Survey reopened"),
    Act.SURVEY_PUBLISHED: lambda: tk._("Survey published"),
    Act.SURVEY_ARCHIVED: lambda: tk._("Survey archived"),
    Act.RESPONSE_EXTENDED: lambda: tk._("Deadline extended"),
    Act.RESPONSE_SUBMITTED: lambda: tk._("Answers submitted"),
    Act.RESPONSE_RETURNED: lambda: tk._("Answers returned"),
    Act.RESPONSE_APPROVED: lambda: tk._("Answers approved"),
    Act.ROW_ADDED: lambda: tk._("Row added"),
    Act.ROW_CHANGED: lambda: tk._("Row changed"),
    Act.ROW_DELETED: lambda: tk._("Row deleted"),
    Act.WORKBOOK_IMPORTED: lambda: tk._("Workbook imported"),
    Act.HOLDING_PROMOTED: lambda: tk._("Dataset created"),
    Act.HOLDING_WITHDRAWN: lambda: tk._("Taken out of the public list"),
    Act.SURVEY_ROLLED_OVER: lambda: tk._("Rolled over from the last round"),
    Act.RESPONSE_ENDORSED: lambda: tk._("Answers approved in the unit"),
    Act.ROWS_CONFIRMED: lambda: tk._("Rows confirmed"),
    Act.RESPONSE_MOVED: lambda: tk._("Answers moved to another unit"),
    Act.HOLDINGS_MOVED: lambda: tk._("Holdings moved to another unit"),
    Act.OPENING_PLANNED: lambda: tk._("Opening planned"),
    Act.PERSON_INVITED: lambda: tk._("Person invited"),
    Act.PERSON_CHANGED: lambda: tk._("Duty of a person changed"),
    Act.APPROVAL_DELEGATED: lambda: tk._("Approval delegated"),
}


def _counts(counts: Counts) -> dict[str, int]:
    return {"units": counts.units, "rows": counts.rows} | {
        state.value: counts.by_state[state] for state in ResponseState
    }
