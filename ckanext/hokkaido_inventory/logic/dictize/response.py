"""Responses, their rows and remarks as dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import ckan.plugins.toolkit as tk
from flask import has_request_context

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.response_state import TRANSITIONS, ResponseAct, ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import WAITING
from ckanext.hokkaido_inventory.domain.row import Content, Gap, Problem, gaps
from ckanext.hokkaido_inventory.domain.standing import Progress
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.logic.dictize.advice import advice_dict
from ckanext.hokkaido_inventory.logic.dictize.shapes import instant, person, unit
from ckanext.hokkaido_inventory.logic.dictize.survey import survey_head
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_inventory.model import Remark, Response, Survey
from ckanext.hokkaido_inventory.service.answer import Row, content_of
from ckanext.hokkaido_inventory.service.person import Person
from ckanext.hokkaido_inventory.service.response import deadline_of, hindrance
from ckanext.hokkaido_inventory.service.review import may_approve, may_return
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = [
    "advised_dict",
    "answer_dict",
    "content_dict",
    "problems_of",
    "progress_dict",
    "remark_dicts",
    "response_dict",
    "response_may",
    "standing_dict",
]


def response_dict(
    response: Response,
    survey: Survey,
    *,
    unit_: Unit | None,
    rows: int,
    people: Mapping[str, Person],
    viewer: Viewer,
    at: datetime,
) -> dict[str, Any]:
    """Return a response without its rows."""
    return {
        "id": response.id,
        "survey": survey_head(survey),
        "unit": unit(unit_, response.unit_id),
        "state": response.state,
        "state_label": name_of(ResponseState(response.state).wording),
        "version": response.version,
        "deadline": deadline_of(response, survey).isoformat(),
        "none_held": response.none_held,
        "none_held_signer": response.none_held_signer,
        "rows": rows,
        "submitted_at": instant(response.submitted_at),
        "submitted_by": person(people.get(response.submitted_by or "")),
        "endorsed_at": instant(response.endorsed_at),
        "endorsed_by": person(people.get(response.endorsed_by or "")),
        "approved_at": instant(response.approved_at),
        "approved_by": person(people.get(response.approved_by or "")),
        "may": response_may(response, survey, viewer, at),
    }


def response_may(response: Response, survey: Survey, viewer: Viewer, at: datetime) -> dict[str, bool]:
    """Return what the viewer may do to a response at this moment."""
    state, is_open = ResponseState(response.state), survey.state == SurveyState.OPEN
    edits = viewer.may_answer(response.unit_id) and hindrance(response, survey, at) is None
    return {
        "edit": edits,
        "submit": edits and (state, ResponseAct.SUBMIT) in TRANSITIONS,
        "declare_none": edits and (state, ResponseAct.DECLARE_NONE) in TRANSITIONS,
        "return": is_open and (state, ResponseAct.RETURN) in TRANSITIONS and may_return(viewer, response, survey),
        "approve": is_open and state in WAITING and may_approve(viewer, response) and _other_eyes(viewer, response),
        "extend": viewer.runs_surveys and is_open,
    }


def _other_eyes(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer neither submitted nor, before the office's confirmation, approved."""
    took_part = {response.submitted_by} | (
        {response.endorsed_by} if response.state == ResponseState.ENDORSED else set()
    )
    return viewer.user_id is None or viewer.user_id not in took_part


def answer_dict(row: Row) -> dict[str, Any]:
    """Return one row, with the decision that follows from its answers."""
    answer, content = row.answer, content_of(row.answer)
    decision = content.decision
    return {
        "id": answer.id,
        "holding_id": answer.holding_id,
        "survey_id": row.survey.id,
        "unit_id": row.response.unit_id,
        "number": row.number,
        "title": content.title,
        "description": content.description,
        "answers": content.answers,
        "by_rule": list(content.by_rule),
        "skipped": list(content.skipped),
        "decision": decision.value,
        "decision_label": name_of(decision.wording),
        "change": answer.change,
        "change_label": _change_label(Change(answer.change)),
        "version": answer.version,
        "updated_at": instant(answer.updated_at),
        "problems": [] if answer.change == Change.GONE else [_problem_dict(row, problem) for problem in gaps(content)],
    }


def advised_dict(row: Row) -> dict[str, Any]:
    """Return one row with the advice on it, which costs too much for every row of a list."""
    return answer_dict(row) | {"advice": advice_dict(content_of(row.answer))}


def standing_dict(row: Row) -> dict[str, Any]:
    """Return how one row stands to the round before."""
    return {
        "id": row.answer.id,
        "number": row.number,
        "change": row.answer.change,
        "change_label": _change_label(Change(row.answer.change)),
        "version": row.answer.version,
    }


def content_dict(content: Content | None) -> dict[str, Any] | None:
    """Return what was said of a holding in the round before, nothing when it is new."""
    if content is None:
        return None
    return {"title": content.title, "description": content.description, "answers": content.answers}


def progress_dict(done: Progress) -> dict[str, int]:
    """Return how far the looking through has come."""
    return {"rows": done.rows, "looked_at": done.looked_at, "carried": done.carried, "gone": done.gone}


def problems_of(answer_dicts: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """List what is missing or odd in all rows that are not gone, in their order."""
    for row in answer_dicts:
        yield from row["problems"]


def remark_dicts(remarks: Sequence[tuple[Remark, int | None]], people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """Return remarks with the numbers of the rows they are about."""
    return [
        {
            "id": remark.id,
            "answer": remark.answer_id,
            "number": number,
            "field": remark.field,
            "field_label": name_of(question(remark.field).label) if remark.field else None,
            "text": remark.text,
            "created_at": instant(remark.created_at),
            "created_by": person(people.get(remark.created_by or "")),
            "resolved_at": instant(remark.resolved_at),
        }
        for remark, number in remarks
    ]


def _problem_dict(row: Row, problem: Problem) -> dict[str, Any]:
    label = name_of(question(problem.field).label) if problem.field else ""
    return {
        "answer": row.answer.id,
        "number": row.number,
        "field": problem.field,
        "severity": "error" if problem.blocks else "warning",
        "code": problem.gap.value,
        "message": _gap_text(problem.gap) % {"number": row.number, "field": label},
    }


def _gap_text(gap: Gap) -> str:
    # Outside a request nothing is translated, and that must not be kept for a language.
    return _gap_said(gap, spoken()) if has_request_context() else _GAPS[gap]()


@cache
def _gap_said(gap: Gap, _language: str) -> str:
    """Return the sentence of a gap; looked up once a language, because a response has thousands of a few kinds."""
    return _GAPS[gap]()


def _change_label(change: Change) -> str:
    return _CHANGES[change]()


#: Each is put into words when it is asked for: a response has thousands of them, of a few kinds.
_GAPS: dict[Gap, Callable[[], str]] = {
    Gap.TITLE_MISSING: lambda: tk._("No. %(number)s: the name of the data is missing."),
    Gap.DESCRIPTION_MISSING: lambda: tk._("No. %(number)s: a description would help; one sentence is enough."),
    Gap.UNANSWERED: lambda: tk._("No. %(number)s: “%(field)s” is not answered yet."),
    Gap.CONTRADICTION: lambda: tk._(
        "No. %(number)s: “%(field)s” says yes, although it is said that there is no personal information."
    ),
    Gap.REASON_MISSING: lambda: tk._("No. %(number)s: choose the reason why the data cannot be opened."),
    Gap.LAW_MISSING: lambda: tk._("No. %(number)s: the reason is a law; write which law and clause."),
    Gap.STEP_MISSING: lambda: tk._("No. %(number)s: choose what is needed before it can be opened."),
    Gap.REVIEW_MISSING: lambda: tk._("No. %(number)s: write the day on which the decision is looked at again."),
    Gap.LOOKS_PERSONAL: lambda: tk._(
        "No. %(number)s: the columns look as if they told of persons, although “%(field)s” says no. Please check."
    ),
}
_CHANGES: dict[Change, Callable[[], str]] = {
    Change.CARRIED: lambda: tk._("Not looked at yet"),
    Change.NEW: lambda: tk._("New"),
    Change.UNCHANGED: lambda: tk._("Unchanged"),
    Change.CHANGED: lambda: tk._("Changed"),
    Change.GONE: lambda: tk._("Gone"),
}
