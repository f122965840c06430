"""What the survey can tell a respondent about one row, from what the row says itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.fitness import Count, api_fitness, suitability
from ckanext.hokkaido_inventory.domain.partial_release import Suggestion, suggestions
from ckanext.hokkaido_inventory.domain.readability_level import suggested_level
from ckanext.hokkaido_inventory.domain.reasons import ReasonKind, blocking_step, kind_of, needs_law, review_date

__all__ = ["Advice", "advise"]


@dataclass(frozen=True, slots=True)
class Advice:
    """Suggestions, none of which is stored: a person answers.

    `kind` says whether the reason given means “cannot” or “not yet”. `review_on`, `blocking_step` and `level` are there
    only while the row does not answer them.
    """

    partial: tuple[Suggestion, ...]
    kind: ReasonKind | None
    law_needed: bool
    review_on: date | None
    blocking_step: str | None
    level: str | None
    suitability: Count
    api: Count


def advise(title: str, answers: Mapping[str, object], today: date) -> Advice:
    """Return the advice on a row as it stands."""
    decision = decide(answers)
    held_back = decision is not Decision.INCOMPLETE
    return Advice(
        partial=suggestions(title, answers),
        kind=kind_of(answers.get("reason")),
        law_needed=needs_law(answers) and not answers.get("law"),
        review_on=review_date(answers, today) if held_back and not answers.get("review_on") else None,
        blocking_step=blocking_step(answers) if held_back and not answers.get("blocking_step") else None,
        level=suggested_level(answers.get("format")) if not answers.get("machine_readability") else None,
        suitability=suitability(answers),
        api=api_fitness(answers),
    )
