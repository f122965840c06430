"""Actions on workbooks: taking a filled form in, and giving the template of a unit out.

The layout of workbooks is the business of `workbook/`; here it is decided what their rows do to a response.
"""

from __future__ import annotations

import base64
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import now, session_of
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.schema import answer as schema
from ckanext.hokkaido_inventory.logic.schema.answer import OFFICIAL
from ckanext.hokkaido_inventory.logic.storing import file_bytes, keep_mapping
from ckanext.hokkaido_inventory.logic.taking_in import outcome_of, refusal_of, take, vocabularies
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import viewer_of
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import workbook as merging
from ckanext.hokkaido_inventory.service import workbook_form
from ckanext.hokkaido_inventory.service.unit import find_unit
from ckanext.hokkaido_inventory.workbook.template import CONTENT_TYPE

__all__ = ["hokkaido_workbook_import", "hokkaido_workbook_show"]


@validate_action_data(schema.workbook_import)
def hokkaido_workbook_import(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a file into a unit's response: the official form (GIF 465-3), the unit's template, or any list.

    Rows are merged by their number (template) or their title (the others); all of them are stored, or none. The same
    file again changes nothing. Rows that the file does not have are kept. The columns of an own list are taken as they
    are proposed, unless `mapping` says otherwise; with `dry_run` the proposal is returned.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param upload: the file (multipart form data)
    :param dry_run: true to be told what would happen, without storing anything (optional)
    :param choices: for rows that somebody saved after the workbook was made: `{number: mine|theirs}`, `mine` being the
        file's text (optional; a row without a choice is left as it is stored)
    :param choice: the same for all of them (optional)
    :param sheet: name of the sheet of an own list (optional)
    :param header_rows: first and last row of its headings, from 1, as a list or as `3-4` (optional)
    :param mapping: `{column: key of a question, or blank to leave the column out}` by letter or heading (optional)
    :returns: `{kind, sheet, sheets, header_rows, mapping: [{column, heading, field, confidence, source, samples}],
        rows: {new, changed, unchanged, gone, conflict}, changes: [{number, title, kind}], conflicts: [{number, title,
        mine, theirs, saved_at, saved_by}], findings, stored}`
    :raises ValidationError: for errors in the file, unless it is a dry run: `message`, and every finding in `findings`
    """
    tk.check_access("hokkaido_workbook_import", context, data_dict)
    viewer = viewer_of(context)
    content = file_bytes(data_dict["upload"])
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, now())
        taken = take(session, viewer, response, survey, content, data_dict)
        if taken.refused and not data_dict["dry_run"]:
            raise tk.ValidationError(refusal_of(taken.findings))
        if not data_dict["dry_run"]:
            merging.apply(session, viewer, response, taken.plan, at=now())
            keep_mapping(session, viewer, response, taken)
    return outcome_of(taken, stored=not data_dict["dry_run"])


@tk.side_effect_free
@validate_action_data(schema.workbook_show)
def hokkaido_workbook_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Return a form of a unit as a workbook, filled with the rows that its response has.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param form: `template` (the portal's own form) or `official` (GIF 465-3); optional, `template` unless said
    :returns: `{filename, content_type, content}`; `content` is bytes, and base64 text when called through the API
    """
    tk.check_access("hokkaido_workbook_show", context, data_dict)
    session, viewer = session_of(context), viewer_of(context)
    unit = find_unit(session, data_dict["unit"])
    found = responses.find(session, viewer, data_dict["survey"], unit.id) if unit else None
    if unit is None or found is None:
        raise no_such_response()
    response, survey = found
    official = data_dict["form"] == OFFICIAL
    write = workbook_form.official if official else workbook_form.template
    content = write(session, viewer, response, survey, unit, vocabularies(), at=now())
    return {
        "filename": f"tanaoroshi-{survey.fiscal_year}-{unit.name}{'-465-3' if official else ''}.xlsx",
        "content_type": CONTENT_TYPE,
        "content": base64.b64encode(content).decode("ascii") if context.get("api_version") else content,
    }
