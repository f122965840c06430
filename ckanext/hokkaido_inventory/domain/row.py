"""The content of one row, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ckanext.hokkaido_inventory.domain.branching import apply_branching, contradictions, skipped_questions
from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.personal_columns import looks_personal, split_columns
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS
from ckanext.hokkaido_inventory.domain.reasons import ReasonKind, kind_of

__all__ = ["Content", "Gap", "Problem", "changed_keys", "gaps", "said", "with_lines"]

#: These two stand in columns of their own, the others in the JSON of the row.
COLUMNS = ("title", "description")
#: A text of an answer is no longer than this.
_LONGEST = 4000


class Gap(StrEnum):
    """Kinds of what is missing or odd; only the first keeps a response from being submitted."""

    TITLE_MISSING = "title_missing"
    DESCRIPTION_MISSING = "description_missing"
    UNANSWERED = "unanswered"
    CONTRADICTION = "contradiction"
    REASON_MISSING = "reason_missing"
    LAW_MISSING = "law_missing"
    STEP_MISSING = "step_missing"
    REVIEW_MISSING = "review_missing"
    LOOKS_PERSONAL = "looks_personal"


@dataclass(frozen=True, slots=True)
class Problem:
    """One gap in one row."""

    gap: Gap
    field: str | None

    @property
    def blocks(self) -> bool:
        """Tell whether the response cannot be submitted with it."""
        return self.gap is Gap.TITLE_MISSING


@dataclass(frozen=True, slots=True)
class Content:
    """What a row says; `answers` holds no blanks, `by_rule` the keys that the branching set."""

    title: str = ""
    description: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    by_rule: tuple[str, ...] = ()

    def given(self, values: Mapping[str, Any]) -> Content:
        """Return this content with some answers replaced (a blank clears), branched anew.

        An answer that is given here is nobody's rule any more.
        """
        answers = self.answers | {key: value for key, value in values.items() if key not in COLUMNS}
        rules = [key for key in self.by_rule if values.get(key) is None]
        branched = apply_branching(answers, rules)
        return Content(
            title=_text(values, "title", self.title),
            description=_text(values, "description", self.description),
            answers=_without_blanks(branched.answers),
            by_rule=tuple(branched.by_rule),
        )

    def stored_as(self, values: Mapping[str, Any]) -> Content:
        """Return this content with some answers replaced exactly as given: a blank of a workbook stays a blank."""
        answers = _without_blanks(self.answers | {key: value for key, value in values.items() if key not in COLUMNS})
        rules = tuple(key for key in self.by_rule if key not in values or answers.get(key) == self.answers.get(key))
        return Content(
            _text(values, "title", self.title), _text(values, "description", self.description), answers, rules
        )

    @property
    def decision(self) -> Decision:
        """Return the disclosure decision that follows from the answers."""
        return decide(self.answers)

    @property
    def skipped(self) -> dict[str, str]:
        """Return the questions that need no answer, each with its rule."""
        return skipped_questions(self.answers)


def changed_keys(before: Content, after: Content) -> set[str]:
    """Return the keys whose value differs."""
    keys = before.answers.keys() | after.answers.keys()
    changed = {key for key in keys if before.answers.get(key) != after.answers.get(key)}
    return changed | {key for key in COLUMNS if getattr(before, key) != getattr(after, key)}


def said(content: Content) -> dict[str, Any]:
    """Return every answer of a row by its key, name and description among them."""
    return {"title": content.title, "description": content.description} | content.answers


def with_lines(text: str, lines: Iterable[str]) -> str:
    """Return a text with the lines added that it does not hold yet, as far as there is room for them."""
    for line in lines:
        room = _LONGEST - len(text) - bool(text)
        if room > 0 and f"\n{line}\n" not in f"\n{text}\n":
            text = "\n".join(filter(None, (text, line[:room])))
    return text


def gaps(content: Content) -> Iterator[Problem]:
    """List what is missing or odd in a row, in the order of the form."""
    if not content.title.strip():
        yield Problem(Gap.TITLE_MISSING, "title")
    if not content.description.strip():
        yield Problem(Gap.DESCRIPTION_MISSING, "description")
    for key in DISCLOSURE_KEYS:
        if not content.answers.get(key):
            yield Problem(Gap.UNANSWERED, key)
    for key in contradictions(content.answers):
        yield Problem(Gap.CONTRADICTION, key)
    if content.decision is Decision.CLOSED and not content.answers.get("reason"):
        yield Problem(Gap.REASON_MISSING, "reason")
    yield from _gaps_behind_reason(content.answers)
    if _forgotten_persons(content.answers):
        yield Problem(Gap.LOOKS_PERSONAL, "personal_information")


def _gaps_behind_reason(answers: Mapping[str, Any]) -> Iterator[Problem]:
    """List what a reason asks for: the clause of the law, or the next step and the day of another look."""
    if answers.get("reason") == "law" and not answers.get("law"):
        yield Problem(Gap.LAW_MISSING, "law")
    if kind_of(answers.get("reason")) is ReasonKind.PRACTICAL:
        if not answers.get("blocking_step"):
            yield Problem(Gap.STEP_MISSING, "blocking_step")
        if not answers.get("review_on"):
            yield Problem(Gap.REVIEW_MISSING, "review_on")


def _forgotten_persons(answers: Mapping[str, Any]) -> bool:
    """Tell whether the columns speak of persons although the row says that there is no personal information."""
    return answers.get("personal_information") == "no" and looks_personal(split_columns(answers.get("columns")))


def _text(values: Mapping[str, Any], key: str, present: str) -> str:
    return (values[key] or "") if key in values else present


def _without_blanks(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if value not in (None, "")}
