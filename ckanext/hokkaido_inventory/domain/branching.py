"""Which questions need no answer, and what is stored for them.

The official form prints every question; its guide says which of them hang together (GIF 465-2, 2.1.2.2, table 2-3:
特定個人情報 and 要配慮個人情報 are kinds of 個人情報; 2.1.2.3: anonymised release is a way for personal information).
So data without personal information is not asked about those three, and 無 is stored, marked as set by rule.
The form itself (465-3, sheet 4) frees from its later questions what cannot be opened (cell C6), from the suitability
criteria what is published or about to be (D7) and from the API criteria what has an API already (K7).

A workbook shows all questions, so a blank cell there is a blank and its formula says 未回答項目有り. The rule is
applied where the respondent is not shown the question, on the pages, never to a workbook's cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.question_types import Ternary
from ckanext.hokkaido_inventory.domain.questions import of_sheet

__all__ = ["CLAUSES", "Branched", "apply_branching", "contradictions", "skipped_questions"]

_PERSONAL = "personal_information"
_KINDS = ("specific_personal_information", "sensitive_personal_information")
_REQUEST = "anonymised_release_requested"
_FIT = ("fit_council", "fit_report", "fit_statistics", "fit_budget", "fit_information")
_API = (
    "update_interval",
    "update_unit",
    "record_count",
    "column_count",
    "mashup_geospatial",
    "mashup_business",
    "mashup_local",
    "mashup_other",
    "mashup_note",
)

#: Where each rule comes from, by the name used in `skipped_questions`.
CLAUSES: dict[str, str] = {
    "no_personal_information": "GIF 465-2, 2.1.2.2 (table 2-3), 2.1.2.3",
    "cannot_be_opened": "GIF 465-3, sheet 4, C6",
    "already_published": "GIF 465-3, sheet 4, D7",
    "api_published": "GIF 465-3, sheet 4, K7",
}


@dataclass(frozen=True, slots=True)
class Branched:
    """Answers after branching: `answers` to be stored, `by_rule` the keys whose 無 nobody typed, in form order."""

    answers: dict[str, object]
    by_rule: list[str] = field(default_factory=list)


def apply_branching(answers: Mapping[str, object], by_rule: tuple[str, ...] | list[str] = ()) -> Branched:
    """Return the answers with 無 for the questions that were skipped.

    `by_rule` names the keys the rule had set before; they are decided anew, so that a changed answer brings the
    skipped questions back unanswered. An answer somebody gave always wins.
    """
    given = {key: value for key, value in answers.items() if key not in by_rule}
    filled = [key for key in (*_KINDS, _REQUEST) if _without_personal(given) and not given.get(key)]
    stored = {key: (None if key in by_rule else value) for key, value in answers.items()}
    return Branched(stored | dict.fromkeys(filled, Ternary.NO.value), filled)


def skipped_questions(answers: Mapping[str, object]) -> dict[str, str]:
    """Return the questions that need no answer, each with the name of its rule in `CLAUSES`."""
    skipped = dict.fromkeys((*_KINDS, _REQUEST), "no_personal_information") if _without_personal(answers) else {}
    if decide(answers) is Decision.CLOSED:
        return skipped | {item.key: "cannot_be_opened" for item in of_sheet(4)}
    if answers.get("publication_status") in {"published", "planned"}:
        skipped |= dict.fromkeys(_FIT, "already_published")
    if answers.get("publication_status") == "published" and answers.get("api_format") not in {None, "", "-"}:
        skipped |= dict.fromkeys(_API, "api_published")
    return skipped


def contradictions(answers: Mapping[str, object]) -> list[str]:
    """Return the keys answered 有 although 個人情報 is 無; they are kept as answered and shown as a warning."""
    if answers.get(_PERSONAL) != Ternary.NO:
        return []
    return [key for key in (*_KINDS, _REQUEST) if answers.get(key) == Ternary.YES]


def _without_personal(answers: Mapping[str, object]) -> bool:
    # A kind of personal information that is 有 or in doubt speaks against the 無: then nothing is assumed.
    doubts = (Ternary.YES, Ternary.UNCLEAR)
    return answers.get(_PERSONAL) == Ternary.NO and not any(answers.get(key) in doubts for key in _KINDS)
