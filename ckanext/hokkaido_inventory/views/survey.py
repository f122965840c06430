"""The rounds of the survey: what is to do, the board of the survey office, and opening, closing, publishing."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views import survey_form
from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["survey"]

#: So many units are named in a message.
NAMED = 5

survey = Blueprint("hokkaido_survey", __name__)
handle_refusals(survey)


@survey.route("/survey")
def index() -> str | Response:
    """Show what the reader has to do, and the rounds."""
    surveys = tk.get_action("hokkaido_survey_list")({}, {})
    may_create = tk.h.check_access("hokkaido_survey_create")
    if not may_create and not any(row.get("responses") for row in surveys) and not _has_units():
        # Citizens land here after logging in, since this is the first page of everybody who works in an office.
        return tk.redirect_to("dashboard.datasets")
    return tk.render("hokkaido_inventory/survey/index.html", {"surveys": surveys, "may_create": may_create})


@survey.route("/survey/new", methods=["GET", "POST"])
def new() -> str | Response | tuple[str, int]:
    """Ask for a new round; one button makes it and opens it."""
    tk.check_access("hokkaido_survey_create", {}, {})
    units = tk.get_action("hokkaido_unit_list")({}, {})
    if tk.request.method == "GET":
        return survey_form.page(survey_form.blank(units), units)
    values = survey_form.posted()
    try:
        made = tk.get_action("hokkaido_survey_create")({}, values | {"open": "draft" not in tk.request.form})
    except tk.ValidationError as error:
        return survey_form.page(values, units, messages(error.error_dict)), 409
    survey_form.say_what_became(made)
    return tk.redirect_to("hokkaido_survey.read", survey_id=made["id"])


@survey.route("/survey/<survey_id>/edit", methods=["GET", "POST"])
def edit(survey_id: str) -> str | Response | tuple[str, int]:
    """Change a round; what stands from the opening on is refused with a sentence."""
    tk.check_access("hokkaido_survey_update", {}, {"id": survey_id})
    units = tk.get_action("hokkaido_unit_list")({}, {})
    shown = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id})
    if tk.request.method == "GET":
        return survey_form.page(survey_form.stored(shown), units, survey=shown)
    values = survey_form.posted()
    try:
        tk.get_action("hokkaido_survey_update")({}, {"id": survey_id} | survey_form.changed(values, shown))
    except tk.ValidationError as error:
        return survey_form.page(values, units, messages(error.error_dict), survey=shown), 409
    tk.h.flash_success(tk._("The survey was changed."))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@survey.route("/survey/<survey_id>")
def read(survey_id: str) -> str | Response:
    """Show the board of a round to the office; bring the people of one unit to their unit."""
    office = tk.h.check_access("hokkaido_board_show", {"survey": survey_id})
    shown = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id, "responses": not office})
    responses = shown["responses"]
    if not shown["may"]["update"] and len(responses) == 1:
        return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=responses[0]["unit"]["name"])
    extra = {"survey": shown, "responses": responses, "board": _board(survey_id) if office else None}
    return tk.render("hokkaido_inventory/survey/read.html", extra)


@survey.route("/survey/<survey_id>/open", methods=["POST"], endpoint="open")
def open_(survey_id: str) -> Response:
    """Open a draft."""
    tk.get_action("hokkaido_survey_open")({}, {"id": survey_id})
    tk.h.flash_success(tk._("The survey is open. Each unit sees it on its own page from now on."))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@survey.route("/survey/<survey_id>/close", methods=["POST"])
def close(survey_id: str) -> Response:
    """Stop taking answers."""
    tk.get_action("hokkaido_survey_close")({}, {"id": survey_id})
    tk.h.flash_success(tk._("The survey is closed. Units cannot change their answers any more."))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@survey.route("/survey/<survey_id>/reopen", methods=["POST"])
def reopen(survey_id: str) -> Response:
    """Take answers again, until the deadline that the form gives, for the reason that it names."""
    form = tk.request.form
    given = {"deadline": form.get("deadline", ""), "reason": form.get("reason", "").strip()}
    tk.get_action("hokkaido_survey_reopen")({}, {"id": survey_id} | given)
    tk.h.flash_success(tk._("The survey is open again."))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@survey.route("/survey/<survey_id>/publish", methods=["POST"])
def publish(survey_id: str) -> Response:
    """Publish what was approved; a round that is still open is closed first."""
    shown = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id})
    if shown["may"]["close"]:
        tk.get_action("hokkaido_survey_close")({}, {"id": survey_id})
    done = tk.get_action("hokkaido_survey_publish")({}, {"id": survey_id})
    if "task" in done:
        board = tk.url_for("hokkaido_survey.read", survey_id=survey_id)
        return tk.redirect_to("hokkaido_task.read", task_id=done["task"], next=board)
    tk.h.flash_success(tk._("{count} holdings are in the public list now.").format(count=done["published"]))
    _say_who_is_left_out(done["left_out"])
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


def _board(survey_id: str) -> dict[str, Any]:
    """Return the board as the address of the page asks for it."""
    asked = {key: tk.request.args.get(key, "") for key in ("at", "state", "bureau", "q", "sort")}
    group = tk.request.args.get("group", "tree")
    return tk.get_action("hokkaido_board_show")({}, asked | {"survey": survey_id, "group": group}) | {"asked": asked}


def _say_who_is_left_out(units: list[dict[str, Any]]) -> None:
    """Name a few units; the board below the message shows them all."""
    if not units:
        return
    titles = tk._(", ").join(unit["title"] for unit in units[:NAMED])
    if len(units) > NAMED:
        message = tk._("Left out because they are not approved yet: {units} and {count} more")
        tk.h.flash_notice(message.format(units=titles, count=len(units) - NAMED))
    else:
        tk.h.flash_notice(tk._("Left out because they are not approved yet: {units}").format(units=titles))


def _has_units() -> bool:
    return bool(tk.get_action("organization_list_for_user")({}, {"permission": "read"}))
