"""The forms of a unit filled with the rows of its response: the suite's own template, and the official form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.form_code import make_code
from ckanext.hokkaido_inventory.model import Response, Survey
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service.unit import Unit
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.cells import Vocabularies
from ckanext.hokkaido_inventory.workbook.official import write_official
from ckanext.hokkaido_inventory.workbook.template import TemplateContent, write_template
from ckanext.hokkaido_inventory.workbook.template_layout import LAST_NUMBER, QUESTION_SET

__all__ = ["official", "template"]


def template(
    session: Session,
    viewer: Viewer,
    response: Response,
    survey: Survey,
    unit: Unit,
    vocabularies: Vocabularies,
    *,
    at: datetime,
) -> bytes:
    """Return the template of a unit; by its codes the portal knows at its return what each row was."""
    rows = answers.of_response(session, viewer, response.id)
    last = max((row.number for row in rows), default=0)
    codes = {
        "survey": survey.id,
        "unit": response.unit_id,
        QUESTION_SET: survey.question_set,
        LAST_NUMBER: str(last),
    }
    return write_template(
        TemplateContent(
            survey=survey.title,
            department=unit.title,
            rows=[_said(row) | {"version": row.answer.version, "change": row.answer.change} for row in rows],
            code=make_code(survey.id, response.unit_id, at),
            codes=codes,
            vocabularies=vocabularies,
            question_set=survey.question_set,
        )
    )


def official(
    session: Session,
    viewer: Viewer,
    response: Response,
    survey: Survey,
    unit: Unit,
    vocabularies: Vocabularies,
    *,
    at: datetime,
) -> bytes:
    """Return the official form (GIF 465-3) of a unit, its visible number in the sheet of explanations."""
    rows = answers.of_response(session, viewer, response.id)
    header = {"department": unit.title} | response.form_header | {"code": make_code(survey.id, response.unit_id, at)}
    return write_official([_said(row) for row in rows], header, vocabularies)


def _said(row: answers.Row) -> dict[str, Any]:
    answer = row.answer
    return answer.answers | {"number": row.number, "title": answer.title, "description": answer.description}
