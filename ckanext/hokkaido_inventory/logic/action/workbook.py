"""Actions on workbooks: taking a filled form in, and giving the template of a unit out.

The layout of workbooks is the business of `workbook/`; here it is decided what their rows do to a response.
"""

from __future__ import annotations

import base64
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate as validate_action_data
from ckan.types import Context, DataDict

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.findings import Finding, has_errors, ordered
from ckanext.hokkaido_inventory.domain.form_code import read_code
from ckanext.hokkaido_inventory.domain.merge_kinds import OTHER_SURVEY, OTHER_UNIT
from ckanext.hokkaido_inventory.domain.merging import CONFLICT
from ckanext.hokkaido_inventory.domain.question_types import Choice
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.domain.row import said
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.logic.action.response import locked_response
from ckanext.hokkaido_inventory.logic.refusal import no_such_response
from ckanext.hokkaido_inventory.logic.schema import answer as schema
from ckanext.hokkaido_inventory.logic.schema.answer import OFFICIAL
from ckanext.hokkaido_inventory.logic.unit_of_work import unit_of_work
from ckanext.hokkaido_inventory.logic.viewer import session_of, viewer_of
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import response as responses
from ckanext.hokkaido_inventory.service import workbook as merging
from ckanext.hokkaido_inventory.service import workbook_form
from ckanext.hokkaido_inventory.service.unit import find_unit
from ckanext.hokkaido_inventory.workbook.guard import DEFAULT_LIMITS
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.result import ReadResult
from ckanext.hokkaido_inventory.workbook.template import CONTENT_TYPE
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["hokkaido_workbook_import", "hokkaido_workbook_show"]


@validate_action_data(schema.workbook_import)
def hokkaido_workbook_import(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a filled workbook into a unit's response: the official form (GIF 465-3) or the unit's template.

    Rows are merged by their number (template) or their title (official form); all of them are stored, or none. The
    same file again changes nothing. Rows that the file does not have are kept.

    :param survey: id of the survey
    :param unit: id or name of the organisation
    :param upload: the file (multipart form data)
    :param dry_run: true to be told what would happen, without storing anything (optional)
    :param choices: for rows that somebody saved after the workbook was made: `{number: mine|theirs}`, `mine` being the
        file's text (optional; a row without a choice is left as it is stored)
    :param choice: the same for all of them (optional)
    :returns: `{kind, sheets, rows: {new, changed, unchanged, gone}, changes: [{number, title, kind}], conflicts:
        [{number, title, mine, theirs, saved_at, saved_by}], findings, stored}`
    :raises ValidationError: for errors in the file, unless it is a dry run: `message`, and every finding in `findings`
    """
    tk.check_access("hokkaido_workbook_import", context, data_dict)
    viewer = viewer_of(context)
    content = _content(data_dict["upload"])
    with unit_of_work(context) as session:
        response, survey = locked_response(session, viewer, data_dict["survey"], data_dict["unit"])
        responses.require_editable(response, survey, now())
        result = read(content, _vocabularies())
        choices = {"choices": data_dict.get("choices"), "choice": data_dict.get("choice")}
        plan = merging.plan(session, viewer, response, result, **choices)
        findings = ordered([*result.findings, *_addressed(result, response, survey)])
        refused = has_errors(findings) or result.kind is None
        if refused and not data_dict["dry_run"]:
            raise tk.ValidationError(_refusal(findings))
        if not data_dict["dry_run"]:
            merging.apply(session, viewer, response, plan, at=now())
    return _outcome(result, plan, findings, stored=not data_dict["dry_run"])


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
    content = write(session, viewer, response, survey, unit, _vocabularies(), at=now())
    return {
        "filename": f"tanaoroshi-{survey.fiscal_year}-{unit.name}{'-465-3' if official else ''}.xlsx",
        "content_type": CONTENT_TYPE,
        "content": base64.b64encode(content).decode("ascii") if context.get("api_version") else content,
    }


def _content(upload: Any) -> bytes:
    """Return the bytes of an uploaded file, at most one more than the reader takes; anything else is refused."""
    stream = getattr(upload, "stream", None)
    if stream is None:
        raise tk.ValidationError({"upload": [tk._("Choose the file to take in.")]})
    return stream.read(DEFAULT_LIMITS.file_bytes + 1)


def _vocabularies() -> dict[str, tuple[Choice, ...]]:
    """Return the choices of every vocabulary that a question names."""
    names = {question.vocabulary for question in QUESTIONS if question.vocabulary}
    return {name: tuple(Choice(item.code, Wording(item.ja, item.en)) for item in vocabulary(name)) for name in names}


def _addressed(result: ReadResult, response: Response, survey: Survey) -> list[Finding]:
    """Say whether a workbook that knows its unit and survey came to others; its visible number tells it as well."""
    found = []
    code = read_code(result.codes.get(FORM_CODE, ""))
    if result.codes.get("unit") not in (None, "", response.unit_id) or (code and not code.is_of_unit(response.unit_id)):
        unit = result.header.get("department") or result.codes.get("unit", "")
        found.append(Finding(OTHER_UNIT, params={"unit": unit}))
    if result.codes.get("survey") not in (None, "", survey.id) or (code and not code.is_of_survey(survey.id)):
        found.append(Finding(OTHER_SURVEY))
    return found


def _refusal(findings: list[Finding]) -> dict[str, Any]:
    message = tk.ungettext(
        "The file was not taken in: %(num)d problem was found. Nothing was stored. Correct it in the file and upload "
        "it again.",
        "The file was not taken in: %(num)d problems were found. Nothing was stored. Correct them in the file and "
        "upload it again.",
        len(findings),
    )
    return {
        "message": [message],
        "findings": [finding.to_dict(tk._) for finding in findings],
    }


def _outcome(result: ReadResult, plan: merging.Plan, findings: list[Finding], *, stored: bool) -> dict[str, Any]:
    kinds = (Change.NEW, Change.CHANGED, Change.UNCHANGED, Change.GONE)
    return {
        "kind": result.kind.value if result.kind else None,
        "sheets": result.sheets,
        "rows": {kind.value: plan.count(kind) for kind in kinds},
        "changes": [
            *({"number": step.number, "title": step.content.title, "kind": _kind(step)} for step in plan.steps),
            *({"number": row.number, "title": row.answer.title, "kind": Change.GONE.value} for row in plan.gone),
        ],
        "conflicts": [_conflict(step) for step in plan.conflicts],
        "findings": [finding.to_dict(tk._) for finding in findings],
        "stored": stored,
    }


def _kind(step: merging.Step) -> str:
    return CONFLICT if step.conflict else step.kind.value


def _conflict(step: merging.Step) -> dict[str, Any]:
    """Return both texts of a row that somebody saved after the workbook was made."""
    answer = step.row.answer if step.row else None
    return {
        "number": step.number,
        "title": step.content.title,
        "mine": said(step.content),
        "theirs": said(step.theirs) if step.theirs else None,
        "saved_at": answer.updated_at.isoformat() if answer else None,
        "saved_by": answer.updated_by if answer else None,
    }
