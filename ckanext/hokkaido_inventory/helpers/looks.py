"""Helpers of the templates: how things look, never what they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import fiscal_year_label
from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS, Question
from ckanext.hokkaido_inventory.domain.wording import Wording
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = [
    "hokkaido_badge",
    "hokkaido_choices",
    "hokkaido_days_left",
    "hokkaido_fiscal_year",
    "hokkaido_questions",
    "hokkaido_steps",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_wording",
]

#: Tone (class of the badge) and icon of every decision, status and state.
_BADGES = {
    "open": ("good", "circle-check"),
    "published": ("good", "circle-check"),
    "approved": ("good", "circle-check"),
    "method": ("warn", "circle-half-stroke"),
    "preparing": ("info", "clock"),
    "planned": ("info", "calendar"),
    "staff": ("warn", "building-lock"),
    "added": ("good", "plus"),
    "reclassified": ("warn", "right-left"),
    "opened": ("good", "circle-check"),
    "submitted": ("info", "paper-plane"),
    "none_held": ("info", "paper-plane"),
    "endorsed": ("info", "paper-plane"),
    "unclear": ("warn", "circle-question"),
    "incomplete": ("warn", "circle-exclamation"),
    "returned": ("warn", "rotate-left"),
    "closed": ("bad", "lock"),
    "in_progress": ("info", "pen"),
    "carried": ("warn", "circle-question"),
    "new": ("info", "plus"),
    "unchanged": ("good", "check"),
    "changed": ("info", "pen"),
    "gone": ("plain", "ban"),
}
_SURVEY_BADGES = {"open": ("info", "pen"), "closed": ("plain", "lock"), "published": ("good", "circle-check")}

_STEPS = ("answer", "approve", "publish")


def hokkaido_today() -> date:
    """Return the day it is in Japan."""
    return datetime.now(JAPAN).date()


def hokkaido_wording(wording: Wording | None) -> str:
    """Return a fixed name in the language of the page."""
    return wording.of(tk.h.lang()) if wording else ""


def hokkaido_fiscal_year(year: int, *, short: bool = False) -> str:
    """Return a fiscal year as the page's language says it; `short` leaves the Western year out."""
    if not _japanese():
        return f"FY{year}"
    label = fiscal_year_label(int(year))
    return label.split("（")[0] if short else label


def hokkaido_days_left(deadline: str) -> str:
    """Say how long there is to answer; the last day counts."""
    days = (date.fromisoformat(deadline) - hokkaido_today()).days
    if days < 0:
        return tk._("the deadline has passed")
    if days == 0:
        return tk._("today is the last day")
    return tk.ungettext("{days} day left", "{days} days left", days).format(days=days)


def hokkaido_badge(value: str, kind: str = "row") -> dict[str, str]:
    """Return tone and icon of a decision, a status or a state; `kind` is `survey` for the state of a round."""
    table = _SURVEY_BADGES if kind == "survey" else _BADGES
    tone, icon = table.get(value, ("plain", "circle"))
    return {"tone": tone, "icon": icon}


def hokkaido_questions(*keys: str, sheet: int | None = None) -> list[Question]:
    """Return questions by key, or those of one sheet of the official form."""
    if sheet is not None:
        return [question for question in QUESTIONS if question.sheet == sheet]
    by_key = {question.key: question for question in QUESTIONS}
    return [by_key[key] for key in keys]


def hokkaido_choices(question: Question) -> list[tuple[str, str]]:
    """Return code and label of every choice of a question, those of its vocabulary included."""
    if question.choices:
        return [(choice.code, hokkaido_wording(choice.label)) for choice in question.choices]
    if not question.vocabulary:
        return []
    japanese = _japanese()
    return [(item.code, item.ja if japanese else item.en) for item in vocabulary(question.vocabulary).items]


def hokkaido_unit_forest(units: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nest a flat list of units; each tree is `{unit, children}`, the prefecture's first, municipalities last."""
    nodes = {unit["id"]: {"unit": unit, "children": []} for unit in units}
    roots = []
    for node in nodes.values():
        parent = nodes.get(node["unit"]["parent"] or "")
        (parent["children"] if parent else roots).append(node)
    order = {"prefecture": 0, "municipality": 2}
    return sorted(roots, key=lambda node: order.get(node["unit"]["kind"], 1))


def hokkaido_steps(response: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a response with the one it stands at."""
    labels = {"answer": tk._("Answering"), "approve": tk._("Approval"), "publish": tk._("Publication")}
    state, survey = response["state"], response["survey"]["state"]
    if survey in {"published", "archived"} and state == "approved":
        at = len(_STEPS)
    else:
        at = {"submitted": 1, "none_held": 1, "endorsed": 1, "approved": 2}.get(state, 0)
    return [{"label": labels[step], "done": number < at, "current": number == at} for number, step in enumerate(_STEPS)]


def hokkaido_todo(surveys: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the reader has to do, most urgent first, as `{survey, response, what}`.

    `what` is `revise`, `answer`, `approve` or `open_data`.
    """
    order = ("revise", "approve", "answer", "open_data")
    found, opened = [], set()
    for survey in surveys:
        for response in survey.get("responses") or []:
            what = _duty(survey, response)
            # Rounds come newest first; what an older one published is in the newer one too.
            if what and not (what == "open_data" and response["unit"]["id"] in opened):
                found.append({"survey": survey, "response": response, "what": what})
            if what == "open_data":
                opened.add(response["unit"]["id"])
    return sorted(found, key=lambda item: (order.index(item["what"]), item["survey"]["deadline"]))


def _duty(survey: dict[str, Any], response: dict[str, Any]) -> str | None:
    may = response["may"]
    if may.get("submit") or may.get("edit"):
        return "revise" if response["state"] == "returned" else "answer"
    # An approved response may still be returned; that is no duty.
    if may.get("approve"):
        return "approve"
    if survey["state"] == "published" and response["state"] == "approved" and response.get("rows"):
        return "open_data"
    return None


def _japanese() -> bool:
    return not tk.h.lang().startswith("en")
