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
    """Take a workbook in; either all of its rows are stored, or none and every error is shown."""
    where = {"survey": survey_id, "unit": unit}
    shown = tk.get_action("hokkaido_response_show")({}, dict(where))
    file = tk.request.files.get("upload")
    name = file.filename if file else ""
    if not name:
        return _result(shown, "", {"message": [tk._("Choose a file first, then press the button again.")]}), 409
    try:
        result = tk.get_action("hokkaido_workbook_import")({}, where | {"upload": file})
    except tk.ValidationError as error:
        return _result(shown, name, error.error_dict), 409
    tk.h.flash_success(_summary(result["rows"]))
    if result["findings"]:
        return tk.render("hokkaido_inventory/workbook/result.html", _extra(shown, name, [], result["findings"]))
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit)


def _summary(rows: dict[str, int]) -> str:
    return tk._("Taken in: {new} new, {changed} changed, {unchanged} unchanged.").format(**rows)


def _result(shown: dict[str, Any], name: str, errors: dict[str, Any]) -> str:
    extra = _extra(shown, name, messages(errors), errors.get("findings", []))
    return tk.render("hokkaido_inventory/workbook/result.html", extra)


def _extra(shown: dict[str, Any], name: str, errors: list[str], findings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "response": shown,
        "survey": shown["survey"],
        "filename": name,
        "errors": errors,
        "findings": findings,
        "stored": not errors,
    }
