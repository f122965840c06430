"""Drafting rows from what exists already."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals, messages

__all__ = ["seed"]

seed = Blueprint("hokkaido_seed", __name__)
handle_refusals(seed)


@seed.route("/survey/<survey_id>/unit/<unit>/seed", methods=["POST"])
def draft(survey_id: str, unit: str) -> Response:
    """Draft rows and go back to the unit's page, where they wait to be looked at."""
    where = {"survey": survey_id, "unit": unit}
    tk.check_access("hokkaido_response_seed", {}, where)
    file = tk.request.files.get("upload")
    asked: dict[str, Any] = where | {"source": _source(file.filename if file else None)}
    try:
        done = tk.get_action("hokkaido_response_seed")({}, asked | {"upload": file})
    except tk.ValidationError as error:
        for message in messages(error.error_dict):
            tk.h.flash_error(message)
    else:
        _say(done)
    return tk.redirect_to("hokkaido_response.read", survey_id=survey_id, unit=unit)


def _source(filename: str | None) -> str:
    """Return the source that was asked for: one form takes both kinds of file and tells them by their name."""
    asked = tk.request.form.get("source", "")
    if asked != "file":
        return asked
    return "scan" if (filename or "").casefold().endswith(".json") else "open_data_list"


def _say(done: dict[str, Any]) -> None:
    if done["added"]:
        text = tk.ungettext(
            "{count} row is drafted. Look at it and confirm it.",
            "{count} rows are drafted. Look at each and confirm it.",
            done["added"],
        )
        tk.h.flash_success(text.format(count=done["added"]))
    elif done["present"]:
        tk.h.flash_notice(tk._("Everything that was found is entered already. Nothing was changed."))
    else:
        tk.h.flash_notice(tk._("Nothing was found for this unit, so no row was drafted."))
