"""Actions on the rows of a response: entering, changing and deleting them one by one."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.refusal import UnknownRow
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.dictize.response import advised_dict, content_dict, remark_dicts, response_may
from ckanext.hokkaido_inventory.logic.dictize.shapes import unit as unit_dict
from ckanext.hokkaido_inventory.logic.dictize.survey import survey_head
from ckanext.hokkaido_inventory.logic.given_answers import read_given
from ckanext.hokkaido_inventory.logic.schema import answer as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import row_writing
from ckanext.hokkaido_inventory.service.person import people_by_id
from ckanext.hokkaido_inventory.service.unit import units_by_id
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["hokkaido_answer_delete", "hokkaido_answer_show", "hokkaido_answer_update"]


@tk.side_effect_free
@validate_action_data(schema.answer_show)
def hokkaido_answer_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return one row with its remarks and with what was said of it in the round before.

    :param id: id of the row
    """
    tk.check_access("hokkaido_answer_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    row = _row(session, viewer, data_dict["id"])
    remarks = [pair for pair in responses.remarks_of(session, row.response.id) if pair[0].answer_id == row.answer.id]
    people = people_by_id(session, [remark.created_by for remark, _ in remarks])
    units = units_by_id(session, [row.response.unit_id])
    before = answers.earlier(session, row.response, [row.answer.holding_id]).get(row.answer.holding_id)
    return advised_dict(row) | {
        "before": content_dict(before),
        "remarks": remark_dicts(remarks, people),
        "survey": survey_head(row.survey),
        "unit": unit_dict(units.get(row.response.unit_id), row.response.unit_id),
        "may": response_may(row.response, row.survey, viewer, now()),
    }


@validate_action_data(schema.answer_update)
def hokkaido_answer_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change a row of a unit's response, or add one.

    Questions that the branching of the form skips are set to no and listed in `by_rule`.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param id: id of the row (optional)
    :param number: number of the row, in place of its id (optional). Without either, a row is added; a row that says
        exactly what one of the response says already is not added again
    :param version: version of the row that was read; the change is refused when the row changed since (optional)
    :param title, description, ...: answers by the key of their question; what is not given stays, what is given empty
        is cleared. A row needs a title
    :returns: the row
    """
    tk.check_access("hokkaido_answer_update", context, data_dict)
    viewer = viewer_of(context)
    given = read_given(data_dict)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, now())
        row = _chosen(session, viewer, response.id, data_dict)
        content = (answers.content_of(row.answer) if row else Content()).given(given)
        if not content.title:
            raise tk.ValidationError({"title": [tk._("Write the name of the data.")]})
        if row:
            answers.require_version(row.answer, data_dict.get("version"))
        answer_id = row_writing.write(session, viewer, response, row, content, at=now())
    return advised_dict(_row(session, viewer, answer_id))


@validate_action_data(schema.answer_delete)
def hokkaido_answer_delete(context: Context, data_dict: DataDict) -> None:
    """Take a row out of its response.

    :param id: id of the row
    :param version: version of the row that was read (optional)
    """
    tk.check_access("hokkaido_answer_delete", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        seen = _row(session, viewer, data_dict["id"])
        response, survey = locked_response(session, viewer, seen.survey.id, seen.response.unit_id)
        responses.require_editable(response, survey, now())
        row = _chosen(session, viewer, response.id, {"id": data_dict["id"]})
        if row is None:
            raise UnknownRow
        answers.require_version(row.answer, data_dict.get("version"))
        row_writing.remove(session, viewer, response, row, at=now())


def _chosen(session: Session, viewer: Viewer, response_id: str, data_dict: DataDict) -> answers.Row | None:
    """Return the row of this response that is meant, or nothing when a new one is.

    :raises UnknownRow: when the row is of another response, whoever's it is.
    """
    answer_id, number = data_dict.get("id"), data_dict.get("number")
    if not answer_id and number is None:
        return None
    row = answers.find_in(session, viewer, response_id, answer_id=answer_id, number=number)
    if row is None:
        raise UnknownRow
    return row


def _row(session: Session, viewer: Viewer, answer_id: str) -> answers.Row:
    row = answers.find(session, viewer, answer_id)
    if row is None:
        raise tk.ObjectNotFound(tk._("The row was not found."))
    return row
