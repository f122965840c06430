"""Advice on a row in words."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import now, spoken
from ckanext.hokkaido_inventory.domain.advice import Advice, advise
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.fitness import Count, Verdict
from ckanext.hokkaido_inventory.domain.partial_release import Suggestion, Way
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["advice_dict"]


def advice_dict(content: Content) -> dict[str, Any]:
    """Return what the survey can tell about a row; every text is in the language of the request."""
    advice = advise(content.title, content.answers, today(now()))
    return {
        "partial_release": [_suggestion_dict(one) for one in advice.partial],
        "reason_kind": advice.kind.value if advice.kind else None,
        "reason_kind_label": vocabulary("reason_groups").label(advice.kind, spoken()) if advice.kind else "",
        "law_needed": advice.law_needed,
        "review_on": advice.review_on.isoformat() if advice.review_on else None,
        "blocking_step": advice.blocking_step,
        "blocking_step_label": _choice_label("blocking_step", advice.blocking_step),
        "machine_readability": advice.level,
        "machine_readability_label": _choice_label("machine_readability", advice.level),
        "suitability": _count_dict(advice.suitability),
        "api_fitness": _count_dict(advice.api),
        "found": _found(advice),
    }


def _found(advice: Advice) -> bool:
    """Tell whether there is anything to suggest, so that a page need not show an empty panel."""
    return bool(advice.partial or advice.law_needed or advice.review_on or advice.blocking_step or advice.level)


def _suggestion_dict(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "way": suggestion.way.value,
        "columns": list(suggestion.columns),
        "remaining": list(suggestion.remaining),
        "message": _text(suggestion),
    }


def _text(suggestion: Suggestion) -> str:
    match suggestion.way:
        case Way.DROP:
            return tk._("Without %(columns)s it can probably be opened.") % {
                "columns": tk._(", ").join(suggestion.columns)
            }
        case Way.AGGREGATE:
            return tk._(
                "Numbers by area, age or year can probably be opened. Hide small numbers (for example below 10)."
            )
        case Way.ANONYMISE:
            return tk._(
                "It is asked for in anonymised form. Examine the proposal scheme for anonymised information of "
                "administrative bodies."
            )


def _choice_label(key: str, code: str | None) -> str:
    found = next((choice for choice in question(key).choices if choice.code == code), None)
    return name_of(found.label) if found else ""


def _count_dict(count: Count) -> dict[str, Any]:
    """Return a count as the cell of the official form shows it."""
    label = str(count.number) if count.verdict is Verdict.COUNTED else name_of(count.verdict.wording)
    return {"verdict": count.verdict.value, "number": count.number, "label": label}
