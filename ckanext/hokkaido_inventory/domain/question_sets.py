"""How much a round asks: three sets of questions."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, QUESTIONS
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["QuestionSet", "asked"]


class QuestionSet(StrEnum):
    """A set of questions, from the shortest to the whole of the official form."""

    LIGHT = "light"
    STANDARD = "standard"
    FULL = "full"

    @property
    def wording(self) -> Wording:
        """Return the name of the set."""
        return _WORDING[self]


_WORDING = {
    QuestionSet.LIGHT: Wording("かんたん（名前と六つの問い）", "Short (name and the six questions)"),
    QuestionSet.STANDARD: Wording("標準", "Standard"),
    QuestionSet.FULL: Wording("国の様式 465-3 のすべて", "All of the official form 465-3"),
}

_LIGHT = ("title", "description", *DISCLOSURE_KEYS, "reason", "listing", "remarks")
_STANDARD = (
    *_LIGHT,
    "theme",
    "format",
    "machine_readability",
    "update_frequency",
    "record_count",
    "columns",
    "system_name",
    "reason_note",
    "law",
    "blocking_step",
    "review_on",
    "publication_status",
)
_ASKED = {
    QuestionSet.LIGHT: frozenset(_LIGHT),
    QuestionSet.STANDARD: frozenset(_STANDARD),
    QuestionSet.FULL: frozenset(item.key for item in QUESTIONS),
}


def asked(question_set: str) -> frozenset[str]:
    """Return the keys of the questions that a set asks; an answer to another question is kept, but not asked for."""
    return _ASKED[QuestionSet(question_set)]
