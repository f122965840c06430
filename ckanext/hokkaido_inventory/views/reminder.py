"""Reminders: what went out, what comes next, and reminding units now."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ckanext.hokkaido_inventory.views.refusal import handle_refusals

__all__ = ["reminder"]

reminder = Blueprint("hokkaido_reminder", __name__, url_prefix="/survey/reminders")
handle_refusals(reminder)


@reminder.route("")
def index() -> str:
    """Show the reminders to the survey office."""
    shown = tk.get_action("hokkaido_reminder_list")({}, {})
    surveys = {row["survey"]["id"]: row["survey"] for row in shown["open"]}
    return tk.render("hokkaido_inventory/review/reminders.html", {"shown": shown, "surveys": list(surveys.values())})


@reminder.route("", methods=["POST"])
def send() -> Response:
    """Remind the units that are ticked."""
    form = tk.request.form
    done = tk.get_action("hokkaido_reminder_send")(
        {}, {"survey": form.get("survey", ""), "units": form.getlist("units")}
    )
    text = tk.ungettext("{count} person is written to.", "{count} people are written to.", done["sent"])
    tk.h.flash_success(text.format(count=done["sent"]))
    if done["already"]:
        text = tk.ungettext(
            "{count} person had a reminder today already.",
            "{count} people had a reminder today already.",
            done["already"],
        )
        tk.h.flash_notice(text.format(count=done["already"]))
    if done["nobody"]:
        units = tk._(", ").join(unit["title"] for unit in done["nobody"])
        tk.h.flash_notice(tk._("Nobody to write to, or nothing to remind of: {units}").format(units=units))
    return tk.redirect_to("hokkaido_reminder.index")
