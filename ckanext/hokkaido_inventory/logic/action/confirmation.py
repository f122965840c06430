"""Actions on many rows at once: saying that they are looked at, and writing them together."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.refusal import StaleVersion
from ckanext.hokkaido_inventory.domain.standing import progress
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.dictize.response import answer_dict, progress_dict, standing_dict
from ckanext.hokkaido_inventory.logic.given_rows import read_rows, require_rows
from ckanext.hokkaido_inventory.logic.schema import answer as schema
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.model import Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import confirmation, receipt, row_writing
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["hokkaido_answer_bulk_update", "hokkaido_answer_confirm"]


@validate_action_data(schema.answer_confirm)
def hokkaido_answer_confirm(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Say of rows that they are right as they are, or that the data is gone, or take that back.

    A row whose content differs from the round before is "changed" whatever is said; "unchanged" says that somebody has
    looked at it. A row that is gone stays in the response and is left out of the publication.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param ids: ids of the rows (optional); without them, every row that nobody has looked at yet
    :param change: unchanged, gone, or carried (takes it back)
    :param version: version of the response that was read; refused when it changed since (optional)
    :returns: `{version, progress: {rows, looked_at, carried, gone}, rows}`, each row as
        `{id, number, change, change_label, version}`
    """
    tk.check_access("hokkaido_answer_confirm", context, data_dict)
    viewer = viewer_of(context)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, now())
        version = data_dict.get("version")
        if version is not None and version != response.version:
            raise StaleVersion(version, response.version)
        word = Change(data_dict["change"])
        rows = confirmation.confirm(session, viewer, response, data_dict.get("ids"), word, at=now())
    return {
        "version": response.version,
        "progress": progress_dict(progress(answers.changes_of(session, response.id))),
        "rows": [standing_dict(row) for row in rows],
    }


@validate_action_data(schema.answer_bulk_update)
def hokkaido_answer_bulk_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change or add many rows of a unit's response at once: all of them, or none.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param rows: list of rows, each as `hokkaido_answer_update` takes one: `id` or `number` (neither: a new row),
        `version` (optional), and answers by the key of their question
    :param key: a text of the caller's own for this request (optional); the same request with the same key again makes
        no second row and returns the same rows
    :returns: `{version, rows: [answer]}` in the order of the request
    :raises ValidationError: with `rows: [{row, id, errors, current}]` for every row that cannot be taken
    """
    tk.check_access("hokkaido_answer_bulk_update", context, data_dict)
    viewer = viewer_of(context)
    requested, key = data_dict.get("rows") or [], data_dict.get("key")
    require_rows(requested)
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        ids = receipt.find(session, response, key, requested) if key else None
        if ids is None:
            responses.require_editable(response, survey, now())
            ids = _write(session, viewer, response, requested, key)
    stored = {row.answer.id: row for row in answers.of_response(session_of(context), viewer, response.id)}
    rows = [stored.get(answer_id) for answer_id in ids]
    return {"version": response.version, "rows": [answer_dict(row) if row else None for row in rows]}


def _write(
    session: Session, viewer: Viewer, response: Response, requested: list[dict[str, Any]], key: str | None
) -> list[str]:
    writings = read_rows(session, viewer, response, requested)
    ids = row_writing.write_all(session, viewer, response, writings, at=now())
    if key:
        receipt.keep(session, response, key, requested, ids, at=now())
    return ids
