"""One row of a response: its form, what two people wrote into it, and taking it out."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.domain.three_way import Merge, merge
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
    return _form(shown, row, _shown_values(row))


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
    version = form.get("version", "")
    if row and version != str(row["version"]):
        merged = merge(values, _base(form.get("base", "")), values, _shown_values(row))
        if merged.clashes:
            return _conflict(shown, row, merged), 409
        # They changed other fields: both changes stand, and nobody has to choose.
        values, version = {key: str(value) for key, value in merged.settled.items()}, str(row["version"])
    address = {"survey": shown["survey"]["id"], "unit": shown["unit"]["id"]}
    known = {"id": row["id"], "version": version} if row else {}
    try:
        saved = tk.get_action("hokkaido_answer_update")({}, values | address | known)
    except tk.ValidationError as error:
        return _form(shown, row, values, error.error_dict), 409
    tk.h.flash_success(
        tk._("Saved: {title} — {decision}").format(title=saved["title"], decision=saved["decision_label"])
    )
    return _onward(shown, saved)


def _onward(shown: dict[str, Any], saved: dict[str, Any]) -> Response:
    """Go where the button said: to a new row, to the next one, or back to the unit."""
    form = tk.request.form
    where = {"survey_id": shown["survey"]["id"], "unit": shown["unit"]["name"], "saved": form.get("draft") or None}
    following = _neighbours(shown, saved["id"])["next"]
    if "another" in form:
        return tk.redirect_to("hokkaido_answer.new", **where)
    if "next" in form and following:
        return tk.redirect_to("hokkaido_answer.edit", answer_id=following, **where)
    return tk.redirect_to("hokkaido_response.read", _anchor=f"row-{saved['number']}", **where)


def _form(
    shown: dict[str, Any], row: dict[str, Any] | None, values: dict[str, Any], errors: dict[str, Any] | None = None
) -> str:
    extra = {
        "response": shown,
        "survey": shown["survey"],
        "row": row,
        "similar": _similar(row),
        "values": values,
        "base": json.dumps(_shown_values(row) if row else {}),
        "neighbours": _neighbours(shown, row["id"] if row else ""),
        "errors": errors or {},
        "summary": messages(errors or {}),
        "may_edit": shown["may"]["edit"],
    }
    return tk.render("hokkaido_inventory/answer/edit.html", extra)


def _conflict(shown: dict[str, Any], row: dict[str, Any], merged: Merge) -> str:
    """Show both texts of every field that both changed (CC-01)."""
    extra = {
        "response": shown,
        "survey": shown["survey"],
        "row": row,
        "merged": merged,
        "base": json.dumps(_shown_values(row)),
        "draft": tk.request.form.get("draft", ""),
    }
    return tk.render("hokkaido_inventory/answer/conflict.html", extra)


def _shown_values(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the fields of a row's form hold; what the branching set is not shown as an answer."""
    given = {key: value for key, value in row["answers"].items() if key not in row["by_rule"]}
    return given | {"title": row["title"], "description": row["description"]}


def _base(sent: str) -> dict[str, Any]:
    """Read what the form began from; without it, whatever differs is to be chosen."""
    try:
        base = json.loads(sent)
    except ValueError:
        return {}
    blank = {question.key: "" for question in QUESTIONS}
    return blank | base if isinstance(base, dict) and base else {}


def _neighbours(shown: dict[str, Any], answer_id: str) -> dict[str, Any]:
    """Return the rows before and after one, and which of how many it is."""
    ids = [row["id"] for row in shown["answers"]]
    if answer_id not in ids:
        return {"previous": None, "next": None, "place": None, "count": len(ids)}
    place = ids.index(answer_id)
    return {
        "previous": ids[place - 1] if place else None,
        "next": ids[place + 1] if place + 1 < len(ids) else None,
        "place": place + 1,
        "count": len(ids),
    }


def _similar(row: dict[str, Any] | None) -> list[dict[str, Any]] | None:
    """Return what others publish that looks like a row, once the reader asks for it: it takes a look at every row.

    The survey office has a page of its own for all rows of a round.
    """
    if row is None or "similar" not in tk.request.args or tk.h.check_access("hokkaido_survey_create"):
        return None
    return tk.get_action("hokkaido_holding_similar")({}, {"id": row["holding_id"]})
