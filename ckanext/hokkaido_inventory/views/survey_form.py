"""The form of a round: what it holds, and what is made of what was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import fiscal_year
from ckanext.hokkaido_inventory.helpers import hokkaido_next_working_day, hokkaido_today

__all__ = ["blank", "changed", "page", "posted", "say_what_became", "stored"]

#: Four weeks to answer, counted from the day on which a round is opened.
ANSWERING_DAYS = 28

TEXTS = ("title", "fiscal_year", "deadline", "instructions", "question_set", "opens_on")
BOXES = ("training", "second_stage")
LISTS = ("units", "kinds", "bureaus")


def blank(units: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a form that is ready to be sent as it stands."""
    today = hokkaido_today()
    label = tk.h.hokkaido_fiscal_year(fiscal_year(today), short=True)
    return {
        "title": tk._("{year} survey of the data we hold").format(year=label),
        "fiscal_year": fiscal_year(today),
        "deadline": hokkaido_next_working_day(today + timedelta(days=ANSWERING_DAYS)).isoformat(),
        "instructions": "",
        "question_set": "standard",
        "opens_on": "",
        "training": False,
        "second_stage": False,
        "units": _proposed(units),
        "kinds": [],
        "bureaus": [],
    }


def stored(survey: dict[str, Any]) -> dict[str, Any]:
    """Return the form of a round that is there."""
    units = [response["unit"]["id"] for response in survey["responses"]]
    values = {key: survey[key] for key in (*TEXTS, *BOXES)}
    return values | {"opens_on": survey["opens_on"] or "", "units": units, "kinds": [], "bureaus": []}


def posted() -> dict[str, Any]:
    """Return what was sent."""
    form = tk.request.form
    texts = {key: form.get(key, "").strip() for key in TEXTS}
    return texts | {key: key in form for key in BOXES} | {key: form.getlist(key) for key in LISTS}


def changed(values: dict[str, Any], survey: dict[str, Any]) -> dict[str, Any]:
    """Return what a form would change; a box that is fixed is not sent by a browser, and means no change."""
    if survey["state"] == "draft":
        return values
    kept = {key: value for key, value in values.items() if key not in (*BOXES, "opens_on", "fiscal_year")}
    return kept | {"units": values["units"] or stored(survey)["units"]}


def page(
    values: dict[str, Any],
    units: list[dict[str, Any]],
    errors: list[str] | None = None,
    *,
    survey: dict[str, Any] | None = None,
) -> str:
    """Render the form of a new round, or of one that is there."""
    extra = {
        "values": values,
        "forest": tk.h.hokkaido_unit_forest(units),
        "errors": errors or [],
        "survey": survey,
        "bureaus": tk.h.hokkaido_bureaus_of(units),
        "last": None if survey else _last(),
    }
    return tk.render("hokkaido_inventory/survey/new.html", extra)


def say_what_became(made: dict[str, Any]) -> None:
    """Say what a round is now, and what the office may wish to change."""
    if made["state"] == "open":
        tk.h.flash_success(tk._("The survey is open. Each unit sees it on its own page from now on."))
    elif made["opens_on"]:
        day = tk.h.hokkaido_date(made["opens_on"])
        tk.h.flash_success(tk._("The survey is ready. The portal opens it on {day} at 00:00.").format(day=day))


def _proposed(units: list[dict[str, Any]]) -> list[str]:
    """Return the sections of the prefecture: the first scenario asks its departments, and sections do the answering."""
    above = {unit["parent"] for unit in units}
    return [unit["id"] for unit in units if unit["kind"] == "department" and unit["id"] not in above]


def _last() -> dict[str, Any] | None:
    """Return the round that a new one would be made of."""
    surveys = tk.get_action("hokkaido_survey_list")({}, {})
    return next((survey for survey in surveys if survey["may"]["roll_over"] and not survey["training"]), None)
