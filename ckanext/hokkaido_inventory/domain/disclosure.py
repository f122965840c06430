"""The disclosure decision, exactly as the formulas of the official form compute it (GIF 465-3, sheet 2, F H K L)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.question_types import Ternary
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["Decision", "Judgement", "decide", "judge"]


class Decision(StrEnum):
    """Result of the form for one holding."""

    OPEN = "open"
    METHOD = "method"
    CLOSED = "closed"
    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"

    @property
    def wording(self) -> Wording:
        """Return the name; the Japanese one is the text the form's formulas compute."""
        return _WORDING[self]

    @property
    def label(self) -> str:
        """Return the text the form's formulas compute."""
        return _WORDING[self].ja


_WORDING = {
    Decision.OPEN: Wording("公開可能", "Can be opened"),
    Decision.METHOD: Wording("公開方法要検討", "Way of opening to be examined"),
    Decision.CLOSED: Wording("公開不可", "Cannot be opened"),
    Decision.UNCLEAR: Wording("要確認", "To be checked"),
    Decision.INCOMPLETE: Wording("未回答項目有り", "Answers missing"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The four computed cells of one row of sheet 2.

    `personal` is F (from C, D, E), `release` is H (F overridden by G), `law` is K (from J), `decision` is L.
    """

    personal: Decision
    release: Decision
    law: Decision
    decision: Decision


def judge(answers: Mapping[str, object]) -> Judgement:
    """Return the computed cells of the form for one row.

    `answers` maps the six keys of `questions.DISCLOSURE_KEYS` to `Ternary`, its value, or None; a missing key is a
    blank cell. Raises ValueError for any other value.
    """
    personal = _personal(
        _read(answers, "personal_information"),
        _read(answers, "specific_personal_information"),
        _read(answers, "sensitive_personal_information"),
    )
    release = _release(_read(answers, "anonymised_release_requested"), personal)
    law = _law(_read(answers, "legal_restriction"))
    return Judgement(personal, release, law, _overall(release, _read(answers, "harm_to_order_or_rights"), law))


def decide(answers: Mapping[str, object]) -> Decision:
    """Return the disclosure decision of one row (cell L); see `judge` for the shape of `answers`."""
    return judge(answers).decision


def _read(answers: Mapping[str, object], key: str) -> Ternary | None:
    value = answers.get(key)
    return None if value in (None, "") else Ternary(value)


def _personal(*cells: Ternary | None) -> Decision:
    if Ternary.YES in cells:
        return Decision.CLOSED
    if all(cell is Ternary.NO for cell in cells):
        return Decision.OPEN
    # A blank weighs more than 要確認 here, unlike in `_overall`.
    return Decision.INCOMPLETE if None in cells else Decision.UNCLEAR


def _release(requested: Ternary | None, personal: Decision) -> Decision:
    # A request for anonymised release wins over personal information, and a blank hides even a 公開不可.
    match requested:
        case Ternary.YES:
            return Decision.METHOD
        case None:
            return Decision.INCOMPLETE
        case Ternary.UNCLEAR:
            return Decision.UNCLEAR
        case Ternary.NO:
            return personal


def _law(restriction: Ternary | None) -> Decision:
    match restriction:
        case Ternary.YES:
            return Decision.METHOD
        case Ternary.NO:
            return Decision.OPEN
        case Ternary.UNCLEAR:
            return Decision.UNCLEAR
        case None:
            return Decision.INCOMPLETE


def _overall(release: Decision, harm: Ternary | None, law: Decision) -> Decision:
    if release is Decision.CLOSED or harm is Ternary.YES:
        return Decision.CLOSED
    if release is Decision.UNCLEAR or harm is Ternary.UNCLEAR:
        return Decision.UNCLEAR
    if release is Decision.INCOMPLETE or harm is None:
        return Decision.INCOMPLETE
    # The law is read last: with a request for anonymised release the form never looks at it.
    return Decision.METHOD if release is Decision.METHOD else law
