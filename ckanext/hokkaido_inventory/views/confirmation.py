"""One click a row, or one for all: what was carried over from the last round is looked through."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.domain.standing import SAYABLE
from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["confirmation"]

confirmation = Blueprint("hokkaido_confirmation", __name__, url_prefix="/survey/<survey_id>/unit/<unit>")
handle_refusals(confirmation)


@confirmation.route("/confirm", methods=["POST"])
def confirm(survey_id: str, unit: str) -> Response:
    """Say of one row, or of all that nobody has looked at, how it stands; then submit if that was asked for."""
    form = tk.request.form
    where = {"survey": survey_id, "unit": unit}
    word = next((word.value for word in SAYABLE if form.get(word.value)), "unchanged")
    row = form.get(word)
    asked: dict[str, Any] = {"change": word} | ({"ids": [row]} if row else {"version": form.get("version", "")})
    done = tk.get_action("hokkaido_answer_confirm")({}, where | asked)
    if "then_submit" in form:
        given = {"version": done["version"], "minutes": form.get("minutes", "")}
        tk.get_action("hokkaido_response_submit")({}, where | given)
        tk.h.flash_success(tk._("Submitted. The approver sees it now; nothing else is to do for you at the moment."))
    elif not row:
        count = len(done["rows"])
        said = tk.ungettext(
            "{count} row is unchanged. Submit it now.", "{count} rows are unchanged. Submit now.", count
        )
        tk.h.flash_success(said.format(count=count))
    return _back(survey_id, unit, done["rows"][0]["number"] if row else None)


def _back(survey_id: str, unit: str, number: int | None) -> Response:
    """Return to the page of the unit, to the row that was clicked on and in the list it stood in."""
    form = tk.request.form
    kept = {key: form[key] for key in ("show", "page") if form.get(key)}
    anchor = {"_anchor": f"row-{number}"} if number else {}
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit, **kept, **anchor)
