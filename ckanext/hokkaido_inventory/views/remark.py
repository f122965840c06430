"""Remarks on fields: made by a reviewer row by row, and answered by the unit in one place; and the sheet on paper."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["notes_of", "remark"]

#: How the name of a remark's text field begins: `note|<row>|<field>`.
NOTE = "note|"

remark = Blueprint("hokkaido_remark", __name__, url_prefix="/survey/<survey_id>/unit/<unit>")
handle_refusals(remark)


@remark.route("/review")
def review(survey_id: str, unit: str) -> str:
    """Show each row with a place for a remark at each answer."""
    shown = _shown(survey_id, unit)
    if not shown["may"]["return"]:
        raise tk.NotAuthorized
    return tk.render("hokkaido_inventory/review/rows.html", {"response": shown, "survey": shown["survey"]})


@remark.route("/remarks", methods=["GET", "POST"])
def remarks(survey_id: str, unit: str) -> str | Response | tuple[str, int]:
    """Show the fields with remarks, each to be answered in place; save one row."""
    if tk.request.method == "POST":
        return _save(survey_id, unit)
    return _page(_shown(survey_id, unit))


@remark.route("/print", endpoint="print")
def print_(survey_id: str, unit: str) -> str:
    """Show the sheet that goes round for signatures."""
    shown = _shown(survey_id, unit)
    return tk.render("hokkaido_inventory/review/print.html", {"response": shown, "survey": shown["survey"]})


def notes_of(form: Any) -> list[dict[str, str]]:
    """Return the remarks on rows and fields that a reviewer wrote."""
    found = []
    for name, text in form.items():
        if name.startswith(NOTE) and text.strip():
            answer, _bar, field = name.removeprefix(NOTE).partition("|")
            found.append({"answer": answer, "field": field, "text": text.strip()})
    return found


def _save(survey_id: str, unit: str) -> Response | tuple[str, int]:
    form = tk.request.form
    values = {question.key: form.get(question.key, "").strip() for question in QUESTIONS if question.key in form}
    known = {"survey": survey_id, "unit": unit, "id": form.get("id", ""), "version": form.get("version", "")}
    try:
        saved = tk.get_action("hokkaido_answer_update")({}, values | known)
    except tk.ValidationError as error:
        return _page(_shown(survey_id, unit), messages(error.error_dict)), 409
    tk.h.flash_success(tk._("Saved: {title}").format(title=saved["title"]))
    return tk.redirect_to("hokkaido_remark.remarks", survey_id=survey_id, unit=unit)


def _page(shown: dict[str, Any], errors: list[str] | None = None) -> str:
    extra = {"response": shown, "survey": shown["survey"], "errors": errors or []}
    return tk.render("hokkaido_inventory/review/remarks.html", extra)


def _shown(survey_id: str, unit: str) -> dict[str, Any]:
    return tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
