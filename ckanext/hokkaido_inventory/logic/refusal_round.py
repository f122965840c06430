"""Refusals of the rules of rounds in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain import refusal_round as r
from ckanext.hokkaido_inventory.logic.names import day

__all__ = ["FIELDS", "SENTENCES"]

FIELDS: dict[type[Exception], str] = {r.OpeningAfterDeadline: "opens_on"}


def _opening_after_deadline(refusal: r.OpeningAfterDeadline) -> str:
    return tk._(
        "The survey would open on %(opens_on)s, after its deadline (%(deadline)s). Choose an earlier day of opening, "
        "or a later deadline."
    ) % {"opens_on": day(refusal.opens_on), "deadline": day(refusal.deadline)}


def _settled_at_opening(_refusal: r.SettledAtOpening) -> str:
    return tk._(
        "The survey is open already: whether it is for practice, whether the survey office confirms, and the day of "
        "opening stay as they are. To change them, create a new survey."
    )


def _training_not_published(_refusal: r.TrainingNotPublished) -> str:
    return tk._(
        "This survey is for practice, so its answers are never published. Roll it over into a real survey, or create a "
        "new one."
    )


def _not_yet_asked(_refusal: r.NotYetAsked) -> str:
    return tk._(
        "This survey is a draft, so there is nothing to take over from it. Open it, or choose an earlier survey."
    )


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    r.OpeningAfterDeadline: _opening_after_deadline,
    r.SettledAtOpening: _settled_at_opening,
    r.TrainingNotPublished: _training_not_published,
    r.NotYetAsked: _not_yet_asked,
}
