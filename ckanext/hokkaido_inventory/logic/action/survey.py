"""Actions on surveys: creating a round and walking it from draft to archive.

They know nothing of rows; what publication writes is decided in `service/publication.py`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.dictize.survey import survey_dict
from ckanext.hokkaido_inventory.logic.reading import response_dicts, whole_survey
from ckanext.hokkaido_inventory.logic.round import bureau_of, changes_of
from ckanext.hokkaido_inventory.logic.schema import survey as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Survey
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service import survey_making as making
from ckanext.hokkaido_inventory.service.unit import tree
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = [
    "hokkaido_survey_archive",
    "hokkaido_survey_close",
    "hokkaido_survey_create",
    "hokkaido_survey_list",
    "hokkaido_survey_open",
    "hokkaido_survey_reopen",
    "hokkaido_survey_show",
    "hokkaido_survey_update",
    "hokkaido_unit_list",
]


@validate_action_data(schema.survey_create)
def hokkaido_survey_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Create a survey for some units.

    :param title: name of the round
    :param fiscal_year: year in which the fiscal year begins, such as 2026
    :param deadline: last day for answers, inclusive, in Japan (YYYY-MM-DD)
    :param units: ids or names of the organisations that shall answer
    :param kinds: kinds of organisations, `municipality` for all 179 (optional, beside or in place of `units`)
    :param bureaus: codes of bureaus whose municipalities shall answer (optional, likewise)
    :param instructions: what the units should know (optional)
    :param question_set: `light`, `standard` or `full` (optional, `standard`)
    :param opens_on: day on which the portal opens it at 00:00 Japan time (optional)
    :param training: true for a round for practice, which is never published (optional)
    :param second_stage: true when the survey office confirms what approvers approved (optional)
    :param open: true to open it at once (optional)
    :returns: the survey with its responses; `warnings` when the offices are closed on the deadline
    :raises ValidationError: an unknown unit; a deadline that is over, when it is opened at once
    """
    tk.check_access("hokkaido_survey_create", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        survey = making.create(
            session,
            changes_of(session, data_dict),
            actor_id=viewer.user_id,
            at=now(),
            open_at_once=data_dict["open"],
        )
    return whole_survey(session, viewer, survey)


@validate_action_data(schema.survey_update)
def hokkaido_survey_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change a survey; what is not given stays.

    :param id: id of the survey
    :param title, fiscal_year, deadline, instructions, units, kinds, bureaus, question_set, opens_on, training,
        second_stage: as for `hokkaido_survey_create`. Once the survey is open only title, deadline, instructions and
        question set change, and units can only be added
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_update", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        survey = _locked(session, viewer, data_dict["id"])
        making.change(session, survey, changes_of(session, data_dict), actor_id=viewer.user_id, at=now())
    return whole_survey(session, viewer, survey)


@tk.side_effect_free
@validate_action_data(schema.survey_show)
def hokkaido_survey_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a survey with the responses that the caller may see; for the office with its trail.

    :param id: id of the survey
    :param responses: false to leave the responses out (optional)
    """
    tk.check_access("hokkaido_survey_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    survey = surveys.find(session, viewer, data_dict["id"])
    if survey is None:
        raise tk.ObjectNotFound(tk._("The survey was not found."))
    return whole_survey(session, viewer, survey, with_responses=data_dict["responses"])


@tk.side_effect_free
@validate_action_data(schema.survey_list)
def hokkaido_survey_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the surveys that the caller may know of, newest first.

    :param state: only surveys in this state (optional)
    :returns: surveys; those of a unit's people hold the `responses` of their units
    """
    tk.check_access("hokkaido_survey_list", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    found = surveys.list_visible(session, viewer, data_dict.get("state"))
    ids = [survey.id for survey in found]
    counts = surveys.counts_of(session, ids)
    own: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for response in [] if viewer.runs_surveys else response_dicts(session, viewer, ids):
        own[response["survey"]["id"]].append(response)
    return [survey_dict(survey, counts[survey.id], viewer) | {"responses": own[survey.id]} for survey in found]


@validate_action_data(schema.survey_open)
def hokkaido_survey_open(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Open a draft, so that its units can answer.

    :param id: id of the survey
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_open", context, data_dict)
    return _step(context, data_dict["id"], SurveyAct.OPEN)


@validate_action_data(schema.survey_close)
def hokkaido_survey_close(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Close an open survey: no answers, no reviews any more.

    :param id: id of the survey
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_close", context, data_dict)
    return _step(context, data_dict["id"], SurveyAct.CLOSE)


@validate_action_data(schema.survey_reopen)
def hokkaido_survey_reopen(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Open a closed or published survey again; what is published stays as it is until the next publication.

    :param id: id of the survey
    :param deadline: a new last day (YYYY-MM-DD); needed when the old one is over
    :param reason: why; kept in the trail, which only the survey office reads (optional)
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_reopen", context, data_dict)
    deadline, reason = data_dict.get("deadline"), data_dict.get("reason")
    return _step(context, data_dict["id"], SurveyAct.REOPEN, deadline=deadline, note=reason)


@validate_action_data(schema.survey_archive)
def hokkaido_survey_archive(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Put a closed or published survey away; what is published stays.

    :param id: id of the survey
    :returns: the survey with its responses
    """
    tk.check_access("hokkaido_survey_archive", context, data_dict)
    return _step(context, data_dict["id"], SurveyAct.ARCHIVE)


@tk.side_effect_free
@validate_action_data(schema.unit_list)
def hokkaido_unit_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the organisations that a survey can ask, by title.

    :returns: `{id, name, title, kind, parent, code, bureau}` each; `parent` is the id of the organisation above, or
        nothing; `bureau` the code of the bureau in whose area a municipality lies
    """
    tk.check_access("hokkaido_unit_list", context, data_dict)
    return [
        unit_dict(place.unit, place.unit.id)
        | {"kind": place.kind, "parent": place.parent, "code": place.code, "bureau": bureau_of(place)}
        for place in tree(session_of(context))
    ]


def _step(
    context: Context, survey_id: str, act: SurveyAct, *, deadline: date | None = None, note: str | None = None
) -> dict[str, Any]:
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        survey = _locked(session, viewer, survey_id)
        surveys.step(session, survey, act, actor_id=viewer.user_id, at=now(), deadline=deadline, note=note)
    return whole_survey(session, viewer, survey)


def _locked(session: Session, viewer: Viewer, survey_id: str) -> Survey:
    survey = surveys.find_locked(session, viewer, survey_id)
    if survey is None:
        raise tk.ObjectNotFound(tk._("The survey was not found."))
    return survey
