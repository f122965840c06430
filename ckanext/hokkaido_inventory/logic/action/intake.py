"""Actions on a file on its way into a response: kept, looked at, corrected, confirmed or dropped."""

from __future__ import annotations

import base64
from pathlib import PurePosixPath
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of, tasks
from ckanext.hokkaido_inventory.domain.intake_state import IntakeAct, IntakeState
from ckanext.hokkaido_inventory.jobs.intake import INTAKE_TASK
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.dictize.intake import intake_dict
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.schema import intake as schema
from ckanext.hokkaido_inventory.logic.storing import LARGE, file_bytes, store
from ckanext.hokkaido_inventory.logic.taking_in import outcome_of, refusal_of, take
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Intake, Response, Survey
from ckanext.hokkaido_inventory.service import intake as intakes
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service.unit import find_unit
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.marking import mark

__all__ = [
    "hokkaido_intake_confirm",
    "hokkaido_intake_create",
    "hokkaido_intake_drop",
    "hokkaido_intake_mark",
    "hokkaido_intake_show",
    "hokkaido_intake_update",
]

_CHOICES = ("sheet", "header_rows", "mapping", "choices", "choice")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@validate_action_data(schema.intake_create)
def hokkaido_intake_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keep an uploaded file, and say what it would do to a unit's response; nothing is stored yet.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param upload: the file (multipart form data): the form of the portal, the official form, or any list of the office
    :returns: the intake: `{id, filename, state, kind, sheet, header_rows, mapping, rows, changes, findings, …}`
    """
    tk.check_access("hokkaido_intake_create", context, data_dict)
    viewer = viewer_of(context)
    upload = data_dict["upload"]
    content = file_bytes(upload)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, now())
        name = getattr(upload, "filename", None) or ""
        intake = intakes.add(session, response, name, content, actor_id=viewer.user_id, at=now())
        return _shown(session, viewer, response, survey, intake)


@tk.side_effect_free
@validate_action_data(schema.intake_show)
def hokkaido_intake_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return an intake, read anew from the file that is kept, against the rows as they are now.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the intake
    :returns: the intake; once it has ended, its state and counts only
    """
    tk.check_access("hokkaido_intake_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    return _shown(session, viewer, *_seen(session, viewer, data_dict))


@validate_action_data(schema.intake_update)
def hokkaido_intake_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Correct how a file is read.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the intake
    :param sheet: name of the sheet to be read (optional)
    :param header_rows: first and last row of the headings, from 1, as a list or as `3-4` (optional)
    :param mapping: `{column: key of a question, or blank to leave the column out}` by letter or heading (optional)
    :param choices: for rows that somebody saved meanwhile: `{number: mine|theirs}`, `mine` being the file's text
    :param choice: the same for all of them (optional)
    :returns: the intake, read anew
    """
    tk.check_access("hokkaido_intake_update", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        intake = _found(session, response, data_dict["id"])
        intakes.choose(intake, _chosen(intake.choices, data_dict))
        return _shown(session, viewer, response, survey, intake)


@validate_action_data(schema.intake_show)
def hokkaido_intake_confirm(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Store the rows of a file: at once, or in the background when it has many.

    All rows are stored, or none. How the columns of an own list were understood is kept for the unit.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the intake
    :returns: `{id, state, task, stored, rows, …}`; `task` is the id of the background task, or nothing
    :raises ValidationError: for errors in the file: `message`, and every finding in `findings`
    """
    tk.check_access("hokkaido_intake_confirm", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        intake = _found(session, response, data_dict["id"])
        responses.require_editable(response, survey, now())
        taken = take(session, viewer, response, survey, intake.content or b"", intake.choices)
        if taken.refused:
            raise tk.ValidationError(refusal_of(taken.findings))
        if len(taken.result.rows) > LARGE:
            title = tk._("Taking in “{filename}”").format(filename=intake.filename)
            payload = {"intake": intake.id, "survey": survey.id, "unit": response.unit_id}
            task_id = tasks.start(session, INTAKE_TASK, payload, owner_id=viewer.user_id, title=title)
            intakes.hand_over(intake, task_id)
            return intake_dict(intake) | outcome_of(taken, stored=False)
        store(session, viewer, response, intake, taken)
        return intake_dict(intake) | outcome_of(taken, stored=True)


@validate_action_data(schema.intake_show)
def hokkaido_intake_drop(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Drop a file; nothing of it is stored, and it is kept no longer.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the intake
    :returns: `{id, filename, state}`
    """
    tk.check_access("hokkaido_intake_drop", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, _survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        intake = _found(session, response, data_dict["id"])
        intakes.end(intake, IntakeAct.DROP, {}, at=now())
        return intake_dict(intake)


@tk.side_effect_free
@validate_action_data(schema.intake_show)
def hokkaido_intake_mark(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return the file of an intake as a workbook in which everything that is wrong is marked.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the intake
    :returns: `{filename, content_type, content}`; `content` is bytes, and base64 text when called through the API
    """
    tk.check_access("hokkaido_intake_mark", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    response, survey, intake = _seen(session, viewer, data_dict)
    if intake.content is None:
        raise tk.ObjectNotFound(tk._("The file was not found. It may have been taken in or dropped already."))
    taken = take(session, viewer, response, survey, intake.content, intake.choices)
    content = mark(intake.content, taken.findings, tk._)
    return {
        "filename": f"{PurePosixPath(intake.filename).stem or 'file'}-checked.xlsx",
        "content_type": _XLSX,
        "content": base64.b64encode(content).decode("ascii") if context.get("api_version") else content,
    }


def _seen(session: Session, viewer: Viewer, data_dict: DataDict) -> tuple[Response, Survey, Intake]:
    """Return an intake that is only read, with its response and survey."""
    unit = find_unit(session, data_dict["unit"])
    found = responses.find(session, viewer, data_dict["survey"], unit.id) if unit else None
    if found is None:
        raise no_such_response()
    return *found, _found(session, found[0], data_dict["id"], lock=False)


def _found(session: Session, response: Response, intake_id: str, *, lock: bool = True) -> Intake:
    intake = intakes.find(session, response.id, intake_id, lock=lock)
    if intake is None:
        raise tk.ObjectNotFound(tk._("The file was not found. It may have been taken in or dropped already."))
    return intake


def _shown(session: Session, viewer: Viewer, response: Response, survey: Survey, intake: Intake) -> dict[str, Any]:
    if intake.content is None or intake.state == IntakeState.RUNNING.value:
        return intake_dict(intake)
    taken = take(session, viewer, response, survey, intake.content, intake.choices)
    return intake_dict(intake) | outcome_of(taken, stored=False)


def _chosen(before: dict[str, Any], data_dict: DataDict) -> dict[str, Any]:
    """Return the choices with what is given now; columns chosen on another table mean nothing on this one."""
    given = {key: data_dict[key] for key in _CHOICES if data_dict.get(key) is not None}
    kept = dict(before)
    if given.get("sheet") not in (None, before.get("sheet")):
        kept.pop("header_rows", None)
        kept.pop("mapping", None)
    if given.get("header_rows") not in (None, before.get("header_rows")):
        kept.pop("mapping", None)
    return kept | given
