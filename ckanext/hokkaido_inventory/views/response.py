"""The response of one unit: its rows, and submitting, returning, approving."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages
from ckanext.hokkaido_inventory.views.remark import notes_of
from ckanext.hokkaido_inventory.views.row_page import row_page

__all__ = ["response"]

#: No unit has more rows than this in a round; the public copies of all of them are read at once.
MAX_ROWS = 1000

response = Blueprint("hokkaido_response", __name__, url_prefix="/survey/<survey_id>/unit/<unit>")
handle_refusals(response)


@response.route("")
def read(survey_id: str, unit: str) -> str:
    """Show where a unit stands, what comes next, and its rows."""
    shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
    asked = tk.request.args
    extra = {
        "response": shown,
        "survey": shown["survey"],
        "published": _published(shown),
        "row_page": row_page(shown["answers"], show=asked.get("show", ""), page=asked.get("page", "")),
    }
    return tk.render("hokkaido_inventory/response/read.html", extra)


@response.route("/submit", methods=["POST"])
def submit(survey_id: str, unit: str) -> Response | tuple[str, int]:
    """Hand the rows to the approver, or declare that the unit holds none."""
    form = tk.request.form
    given = {key: form.get(key, "").strip() for key in ("signer", "minutes")}
    try:
        _act("hokkaido_response_submit", survey_id, unit, given | {"none_held": "none_held" in form})
    except tk.ValidationError as error:
        if "carried" not in error.error_dict:
            raise
        shown = tk.get_action("hokkaido_response_show")({}, {"survey": survey_id, "unit": unit})
        extra = {"response": shown, "survey": shown["survey"], "messages": messages(error.error_dict)}
        return tk.render("hokkaido_inventory/response/not_looked_at.html", extra), 409
    tk.h.flash_success(tk._("Submitted. The approver sees it now; nothing else is to do for you at the moment."))
    return _back(survey_id, unit)


@response.route("/return", methods=["POST"], endpoint="return")
def return_(survey_id: str, unit: str) -> Response:
    """Give the response back to the unit with remarks: on the whole, on rows, on fields."""
    form = tk.request.form
    _act(
        "hokkaido_response_return",
        survey_id,
        unit,
        {"remark": form.get("remark", "").strip(), "remarks": notes_of(form)},
    )
    tk.h.flash_success(tk._("Returned. The unit sees your remark on its page."))
    return _back(survey_id, unit)


@response.route("/approve", methods=["POST"])
def approve(survey_id: str, unit: str) -> Response:
    """Approve the version that was on the page."""
    done = _act("hokkaido_response_approve", survey_id, unit, {})
    if done["state"] == "endorsed":
        tk.h.flash_success(tk._("Approved in the unit. The survey office confirms it next."))
    else:
        tk.h.flash_success(tk._("Approved. The survey office publishes it when the survey is closed."))
    return _back(survey_id, unit)


def _act(action: str, survey_id: str, unit: str, extra: dict[str, Any]) -> dict[str, Any]:
    """Call an action on the version that the reader had before them."""
    version = tk.request.form.get("version", "")
    return tk.get_action(action)({}, {"survey": survey_id, "unit": unit, "version": version} | extra)


def _back(survey_id: str, unit: str) -> Response:
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit)


def _published(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the public copies of the rows by the id of their holding."""
    if shown["survey"]["state"] not in {"published", "archived"}:
        return {}
    ids = [row["holding_id"] for row in shown["answers"][:MAX_ROWS]]
    return {row["id"]: row for row in tk.get_action("hokkaido_holding_list")({}, {"ids": ids})} if ids else {}
