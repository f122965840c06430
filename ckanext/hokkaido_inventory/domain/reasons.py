"""Reasons for not opening: which say “cannot” and which “not yet”, and what each asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide

__all__ = ["LEGAL", "PRACTICAL", "ReasonKind", "blocking_step", "kind_of", "needs_law", "review_date"]


class ReasonKind(StrEnum):
    """The two groups of the vocabulary of reasons."""

    LEGAL = "legal"
    PRACTICAL = "practical"


#: The six kinds of information that the disclosure laws except, laws of their own, and rights of third parties.
LEGAL = frozenset(
    {
        "personal",
        "corporate",
        "national_security",
        "public_safety",
        "deliberation",
        "operations",
        "law",
        "third_party",
    }
)
#: Nothing forbids it; something is still to be done.
PRACTICAL = frozenset({"paper_only", "not_machine_readable", "no_export", "effort"})

#: What a reason says of the next step (codes of the question `blocking_step`).
_STEPS: Mapping[str, str] = {
    "personal": "removal",
    "third_party": "rights",
    "deliberation": "approval",
    "paper_only": "digitisation",
    "not_machine_readable": "conversion",
    "no_export": "export",
    "effort": "budget",
}
#: Deliberations end, so they are looked at again as soon as what is only not done yet.
_SOON = PRACTICAL | {"deliberation"}
_YEARS_SOON, _YEARS_LATER = 1, 3


def kind_of(reason: object) -> ReasonKind | None:
    """Return the group of a reason, nothing for no reason or an unknown one."""
    if reason in LEGAL:
        return ReasonKind.LEGAL
    return ReasonKind.PRACTICAL if reason in PRACTICAL else None


def needs_law(answers: Mapping[str, object]) -> bool:
    """Tell whether the law or clause must be named: it is the reason, or the form says that a law restricts."""
    return answers.get("reason") == "law" or (
        answers.get("legal_restriction") == "yes" and answers.get("reason") in (None, "")
    )


def blocking_step(answers: Mapping[str, object]) -> str | None:
    """Return the step that most likely stands between the data and its opening."""
    step = _STEPS.get(str(answers.get("reason") or ""))
    if step:
        return step
    if decide(answers) is not Decision.METHOD:
        return None
    return "removal" if answers.get("anonymised_release_requested") == "yes" else "approval"


def review_date(answers: Mapping[str, object], today: date) -> date | None:
    """Return when the decision should be looked at again: after a year where it is “not yet”, after three else.

    Nothing for data that can be opened and has no reason against it.
    """
    reason = str(answers.get("reason") or "")
    decision = decide(answers)
    if not reason and decision not in (Decision.CLOSED, Decision.METHOD):
        return None
    soon = reason in _SOON or (not reason and decision is Decision.METHOD)
    return _years_after(today, _YEARS_SOON if soon else _YEARS_LATER)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # The 29th of February has no like in most years.
        return day.replace(year=day.year + years, day=28)
