"""What a question of the survey is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["APPLICABLE", "TERNARY", "AnswerKind", "Choice", "Question", "Ternary"]


class Ternary(StrEnum):
    """Answer of sheet 2 of the official form (GIF 465-3): 有, 無 or 要確認; a blank is `None`."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"

    @property
    def wording(self) -> Wording:
        """Return the name as the form prints it."""
        return _TERNARY_WORDING[self]


_TERNARY_WORDING = {
    Ternary.YES: Wording("有", "Yes"),
    Ternary.NO: Wording("無", "No"),
    Ternary.UNCLEAR: Wording("要確認", "To be checked"),
}


class AnswerKind(StrEnum):
    """Type of an answer's value in the stored JSON.

    `text` is a string, `ternary` and `choice` are the code of a choice, `date` is an ISO date string (YYYY-MM-DD),
    `number` is a non-negative integer.
    """

    TEXT = "text"
    TERNARY = "ternary"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list: the stored code and the name as the form prints it."""

    code: str
    label: Wording


TERNARY = tuple(Choice(value.value, value.wording) for value in Ternary)
APPLICABLE = (
    Choice("yes", Wording("該当", "Applies")),
    Choice("no", Wording("非該当", "Does not apply")),
    Choice("unclear", Wording("要確認", "To be checked")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """Describe one question.

    `sheet` and `column` say where the official form asks it (worksheet 2, 3 or 4 and the column letter), None where
    only this suite asks. `vocabulary` names a vocabulary of the schema plugin: with `kind` choice its codes are the
    only answers, with `kind` text they are suggestions and any other text is kept as typed. `public` is the
    allow-list: an answer without it never leaves the staff pages.
    """

    key: str
    kind: AnswerKind
    label: Wording
    help: Wording
    sheet: int | None = None
    column: str | None = None
    example: str = ""
    choices: tuple[Choice, ...] = ()
    vocabulary: str | None = None
    public: bool = False
    max_length: int = 2000
