"""The preview of a file: what it would do, corrected, confirmed or dropped."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, send_file

from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["intake"]

intake = Blueprint("hokkaido_intake", __name__, url_prefix="/survey/<survey_id>/unit/<unit>/intake/<intake_id>")
handle_refusals(intake)


@intake.route("")
def read(survey_id: str, unit: str, intake_id: str) -> str | Response:
    """Show what a file would do."""
    shown = tk.get_action("hokkaido_intake_show")({}, _where(survey_id, unit, intake_id))
    if shown["state"] == "running":
        return _to_task(shown, survey_id, unit)
    return _page(survey_id, unit, shown)


@intake.route("", methods=["POST"])
def act(survey_id: str, unit: str, intake_id: str) -> str | Response | tuple[str, int]:
    """Read the file in another way, store it or drop it, as the button says."""
    where = _where(survey_id, unit, intake_id)
    form = tk.request.form
    if form.get("act") == "drop":
        tk.get_action("hokkaido_intake_drop")({}, where)
        tk.h.flash_notice(tk._("The file was dropped. Nothing was stored."))
        return _to_unit(survey_id, unit)
    try:
        if form.get("act") == "read":
            tk.get_action("hokkaido_intake_update")({}, where | _choices())
            return tk.redirect_to("hokkaido_intake.read", survey_id=survey_id, unit=unit, intake_id=intake_id)
        done = tk.get_action("hokkaido_intake_confirm")({}, where)
    except tk.ValidationError as error:
        shown = tk.get_action("hokkaido_intake_show")({}, where)
        return _page(survey_id, unit, shown, messages(error.error_dict)), 409
    if done["state"] == "running":
        return _to_task(done, survey_id, unit)
    tk.h.flash_success(tk._("Taken in: {new} new, {changed} changed, {unchanged} unchanged.").format(**done["rows"]))
    return _to_unit(survey_id, unit)


@intake.route("/marked")
def marked(survey_id: str, unit: str, intake_id: str) -> Response:
    """Send the file as a workbook with everything that is wrong marked."""
    made = tk.get_action("hokkaido_intake_mark")({}, _where(survey_id, unit, intake_id))
    return send_file(
        BytesIO(made["content"]), mimetype=made["content_type"], as_attachment=True, download_name=made["filename"]
    )


def _where(survey_id: str, unit: str, intake_id: str) -> dict[str, Any]:
    return {"survey": survey_id, "unit": unit, "id": intake_id}


def _choices() -> dict[str, Any]:
    """Return what the form chooses; the columns only where they are those of the table it shows."""
    form = tk.request.form
    choices: dict[str, Any] = {key: form[key] for key in ("sheet", "header_rows", "choice") if form.get(key)}
    same = all(form.get(key, "") == form.get(f"{key}_before", "") for key in ("sheet", "header_rows"))
    if same:
        columns = {key.removeprefix("column_"): value for key, value in form.items() if key.startswith("column_")}
        choices |= {"mapping": columns} if columns else {}
    return choices


def _to_task(shown: dict[str, Any], survey_id: str, unit: str) -> Response:
    back = tk.h.url_for("hokkaido_response.read", survey_id=survey_id, unit=unit)
    return tk.redirect_to("hokkaido_task.read", task_id=shown["task"], next=back)


def _to_unit(survey_id: str, unit: str) -> Response:
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit)


def _page(survey_id: str, unit: str, shown: dict[str, Any], errors: list[str] | None = None) -> str:
    response = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    extra = {"intake": shown, "response": response, "survey": response["survey"], "errors": errors or []}
    return tk.render("hokkaido_inventory/intake/read.html", extra)
