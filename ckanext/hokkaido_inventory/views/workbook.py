"""Workbooks: the template of a unit goes out, a filled form comes in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint, send_file

from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["workbook"]

workbook = Blueprint("hokkaido_workbook", __name__, url_prefix="/survey/<survey_id>/unit/<unit>/workbook")
handle_refusals(workbook)


@workbook.route("")
def download(survey_id: str, unit: str) -> Response:
    """Send the workbook of the unit, with the rows it has; `?form=official` sends the official form."""
    asked = {"survey": survey_id, "unit": unit, "form": tk.request.args.get("form", "template")}
    made = tk.get_action("hokkaido_workbook_show")({}, asked)
    return send_file(
        BytesIO(made["content"]), mimetype=made["content_type"], as_attachment=True, download_name=made["filename"]
    )


@workbook.route("", methods=["POST"])
def upload(survey_id: str, unit: str) -> str | Response | tuple[str, int]:
    """Keep a file and lead to the preview of what it would do."""
    where = {"survey": survey_id, "unit": unit}
    shown = tk.get_action("hokkaido_response_show")({}, dict(where))
    file = tk.request.files.get("upload")
    if not file or not file.filename:
        return _again(shown, [tk._("Choose a file first, then press the button again.")]), 409
    try:
        intake = tk.get_action("hokkaido_intake_create")({}, where | {"upload": file})
    except tk.ValidationError as error:
        return _again(shown, messages(error.error_dict)), 409
    return tk.redirect_to("hokkaido_intake.read", survey_id=survey_id, unit=unit, intake_id=intake["id"])


def _again(shown: dict[str, Any], errors: list[str]) -> str:
    extra = {"response": shown, "survey": shown["survey"], "errors": errors}
    return tk.render("hokkaido_inventory/workbook/result.html", extra)
