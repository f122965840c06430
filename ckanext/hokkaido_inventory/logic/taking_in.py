"""Reading a file against a response: what it says, what it would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.findings import Finding, Severity, has_errors, ordered
from ckanext.hokkaido_inventory.domain.form_code import read_code
from ckanext.hokkaido_inventory.domain.merge_kinds import OTHER_SURVEY, OTHER_UNIT
from ckanext.hokkaido_inventory.domain.merging import CONFLICT
from ckanext.hokkaido_inventory.domain.question_types import Choice
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.domain.row import said
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import mapping as mappings
from ckanext.hokkaido_inventory.service import workbook as merging
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.proposal import Found, heading_key
from ckanext.hokkaido_inventory.workbook.read_own import Choices
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.result import ReadResult
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["Taken", "confirmed_columns", "outcome_of", "refusal_of", "take", "vocabularies"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was read, what it would do, and everything that is wrong with it."""

    result: ReadResult
    plan: merging.Plan
    findings: list[Finding]

    @property
    def refused(self) -> bool:
        """Say whether nothing of it may be stored."""
        return self.result.kind is None or has_errors(self.findings)


def take(
    session: Session,
    viewer: Viewer,
    response: Response,
    survey: Survey,
    content: bytes,
    choices: Mapping[str, Any],
) -> Taken:
    """Read a file and plan what it would do to a response; nothing is written.

    :param choices: `sheet`, `header_rows` and `mapping` for how it is read, `choices` (by number) and `choice` for rows
        that somebody saved meanwhile.
    """
    rows = choices.get("header_rows")
    chosen = Choices(
        sheet=choices.get("sheet") or None,
        header_rows=(rows[0], rows[-1]) if rows else None,
        mapping=choices.get("mapping") or {},
        kept=mappings.kept_of(session, response.unit_id),
    )
    result = read(content, vocabularies(), choices=chosen)
    sides = {"choices": choices.get("choices"), "choice": choices.get("choice")}
    plan = merging.plan(session, viewer, response, result, **sides)
    return Taken(result, plan, ordered([*result.findings, *_addressed(result, response, survey)]))


def vocabularies() -> dict[str, tuple[Choice, ...]]:
    """Return the choices of every vocabulary that a question names."""
    names = {question.vocabulary for question in QUESTIONS if question.vocabulary}
    return {name: tuple(Choice(item.code, Wording(item.ja, item.en)) for item in vocabulary(name)) for name in names}


def confirmed_columns(found: Found) -> dict[str, str | None]:
    """Return a mapping as it is kept for next time: by heading, columns without one left out."""
    return {heading_key(one.heading.text): one.field for one in found.proposals if one.heading.text}


def refusal_of(findings: list[Finding]) -> dict[str, Any]:
    """Return the error dictionary of a file that is not taken in."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    message = tk.ungettext(
        "The file was not taken in: %(num)d problem was found. Nothing was stored. Correct it in the file and upload "
        "it again.",
        "The file was not taken in: %(num)d problems were found. Nothing was stored. Correct them in the file and "
        "upload it again.",
        errors,
    )
    return {"message": [message], "findings": [finding.to_dict(tk._) for finding in findings]}


def outcome_of(taken: Taken, *, stored: bool) -> dict[str, Any]:
    """Return what a file says and does as plain values."""
    result, plan = taken.result, taken.plan
    kinds = (Change.NEW, Change.CHANGED, Change.UNCHANGED, Change.GONE)
    return {
        "kind": result.kind.value if result.kind else None,
        "sheets": result.sheets,
        **_found(result),
        "rows": {kind.value: plan.count(kind) for kind in kinds} | {CONFLICT: plan.count(CONFLICT)},
        "changes": [
            *({"number": step.number, "title": step.content.title, "kind": _kind(step)} for step in plan.steps),
            *({"number": row.number, "title": row.answer.title, "kind": Change.GONE.value} for row in plan.gone),
        ],
        "conflicts": [_conflict(step) for step in plan.conflicts],
        "findings": [finding.to_dict(tk._) for finding in taken.findings],
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


def _found(result: ReadResult) -> dict[str, Any]:
    found = result.found
    if found is None:
        return {"sheet": next(iter(result.sheets), None), "header_rows": [], "mapping": [], "kept": False, "others": []}
    return {
        "sheet": found.sheet,
        "header_rows": list(range(found.header_rows[0], found.header_rows[1] + 1)),
        "mapping": [
            {
                "column": one.heading.letter,
                "heading": one.heading.text,
                "field": one.field,
                "confidence": one.confidence,
                "source": one.source,
                "samples": list(one.samples),
            }
            for one in found.proposals
        ],
        "kept": found.kept,
        "others": list(found.others),
    }


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
