"""One row of a response: its form, and taking it out."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["answer"]

answer = Blueprint("hokkaido_answer", __name__, url_prefix="/survey/<survey_id>/unit/<unit>/answer")
handle_refusals(answer)


@answer.route("/new", methods=["GET", "POST"])
def new(survey_id: str, unit: str) -> str | Response | tuple[str, int]:
    """Ask for a new row."""
    shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    if not shown["may"]["edit"]:
        raise tk.NotAuthorized
    return _save(shown, None) if tk.request.method == "POST" else _form(shown, None, {})


@answer.route("/<answer_id>", methods=["GET", "POST"])
def edit(survey_id: str, unit: str, answer_id: str) -> str | Response | tuple[str, int]:
    """Change a row."""
    row = tk.get_action("hokkaido_answer_show")({}, {"id": answer_id})
    shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    if row["unit"]["id"] != shown["unit"]["id"] or row["survey"]["id"] != shown["survey"]["id"]:
        raise tk.ObjectNotFound
    if tk.request.method == "POST":
        return _save(shown, row)
    return _form(shown, row, row["answers"] | {"title": row["title"], "description": row["description"]})


@answer.route("/<answer_id>/delete", methods=["POST"])
def delete(survey_id: str, unit: str, answer_id: str) -> Response:
    """Take a row out."""
    version = tk.request.form.get("version", "")
    tk.get_action("hokkaido_answer_delete")({}, {"id": answer_id, "version": version})
    tk.h.flash_success(tk._("The row was taken out."))
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit)


def _save(shown: dict[str, Any], row: dict[str, Any] | None) -> Response | tuple[str, int]:
    form = tk.request.form
    values = {question.key: form.get(question.key, "").strip() for question in QUESTIONS if question.key in form}
    address = {"survey": shown["survey"]["id"], "unit": shown["unit"]["id"]}
    known = {"id": row["id"], "version": form.get("version", "")} if row else {}
    try:
        saved = tk.get_action("hokkaido_answer_update")({}, values | address | known)
    except tk.ValidationError as error:
        return _form(shown, row, values, error.error_dict), 409
    tk.h.flash_success(
        tk._("Saved: {title} — {decision}").format(title=saved["title"], decision=saved["decision_label"])
    )
    where = {"survey_id": shown["survey"]["id"], "unit": shown["unit"]["name"]}
    return tk.redirect_to("hokkaido_answer.new" if "another" in form else "hokkaido_response.read", **where)


def _form(
    shown: dict[str, Any], row: dict[str, Any] | None, values: dict[str, Any], errors: dict[str, Any] | None = None
) -> str:
    extra = {
        "response": shown,
        "survey": shown["survey"],
        "row": row,
        "similar": _similar(row),
        "values": values,
        "errors": errors or {},
        "summary": messages(errors or {}),
        "may_edit": shown["may"]["edit"],
    }
    return tk.render("hokkaido_inventory/answer/edit.html", extra)


def _similar(row: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return what others publish that looks like a row; the office has a page of its own for all rows of a round."""
    if row is None or tk.h.check_access("hokkaido_survey_create"):
        return []
    return tk.get_action("hokkaido_holding_similar")({}, {"id": row["holding_id"]})
