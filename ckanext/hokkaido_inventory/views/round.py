"""Steps of a round that are not taken every day: rolling it over, more time, another deadline, the archive."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views import survey_form
from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["round_"]

round_ = Blueprint("hokkaido_round", __name__, url_prefix="/survey/<survey_id>")
handle_refusals(round_)


@round_.route("/roll-over", methods=["POST"])
def roll_over(survey_id: str) -> Response:
    """Make the next round of this one; one click is enough."""
    asked = {"id": survey_id, "open": "draft" not in tk.request.form}
    made = tk.get_action("hokkaido_survey_roll_over")({}, asked)
    survey_form.say_what_became(made)
    said = tk._("{rows} rows of {units} units were taken over. Each unit finds them again, to be looked through.")
    tk.h.flash_success(said.format(rows=made["counts"]["rows"], units=made["counts"]["units"]))
    return tk.redirect_to("hokkaido_survey.read", survey_id=made["id"])


@round_.route("/extend", methods=["GET", "POST"])
def extend(survey_id: str) -> str | Response | tuple[str, int]:
    """Give chosen units more time."""
    tk.check_access("hokkaido_survey_extend", {}, {"id": survey_id})
    shown = tk.get_action("hokkaido_survey_show")({}, {"id": survey_id})
    form = tk.request.form
    chosen = form.getlist("units") or tk.request.args.getlist("unit")
    extra = {"survey": shown, "chosen": chosen, "deadline": form.get("deadline", ""), "errors": []}
    if tk.request.method == "GET":
        return tk.render("hokkaido_inventory/survey/extend.html", extra)
    asked = {"id": survey_id, "units": chosen, "deadline": extra["deadline"]}
    try:
        tk.get_action("hokkaido_survey_extend")({}, asked)
    except tk.ValidationError as error:
        errors = messages(error.error_dict)
        return tk.render("hokkaido_inventory/survey/extend.html", extra | {"errors": errors}), 409
    said = tk.ungettext("{count} unit has more time.", "{count} units have more time.", len(chosen))
    tk.h.flash_success(said.format(count=len(chosen)))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@round_.route("/deadline", methods=["POST"])
def deadline(survey_id: str) -> Response:
    """Set another last day, such as the next working day that is offered."""
    changed = tk.get_action("hokkaido_survey_update")(
        {}, {"id": survey_id, "deadline": tk.request.form.get("deadline", "")}
    )
    day = tk.h.hokkaido_date(changed["deadline"])
    tk.h.flash_success(tk._("The deadline is {day} now.").format(day=day))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)


@round_.route("/archive", methods=["POST"])
def archive(survey_id: str) -> Response:
    """Put a round away."""
    tk.get_action("hokkaido_survey_archive")({}, {"id": survey_id})
    tk.h.flash_success(tk._("The survey is archived. What is published stays."))
    return tk.redirect_to("hokkaido_survey.read", survey_id=survey_id)
