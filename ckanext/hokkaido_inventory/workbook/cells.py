"""One cell to one answer: what is understood, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ckanext.hokkaido_core.domain.eras import NotADate, read_date
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question

__all__ = ["Column", "Refusal", "Vocabularies", "choices_of", "is_blank", "plain_text"]

#: The choices of each vocabulary a question names.
Vocabularies = Mapping[str, Sequence[Choice]]

#: Control characters (but tab and line feed) and the marks that turn the direction of text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: A spreadsheet keeps 15 significant digits of a number.
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value is no answer: the code of the finding and what its sentence needs."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


def is_blank(value: object) -> bool:
    """Say whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def plain_text(value: object) -> str:
    """Return a cell's value as the text a reader sees: whole numbers without a fraction, dates as YYYY-MM-DD."""
    match value:
        case str():
            return (value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value).strip()
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
        case _:
            # Dates and times print themselves in ISO 8601, other numbers as they are.
            return str(value)


def choices_of(question: Question, vocabularies: Vocabularies) -> Sequence[Choice]:
    """Return the answers a question lists, its own or those of its vocabulary."""
    return question.choices or vocabularies.get(question.vocabulary or "", ())


class Column:
    """One input column of a sheet, ready to turn its cells into answers.

    `index` is counted from 1; `heading` names the column in findings. Answers of lists are compared without regard to
    width and blanks, and never guessed; a list whose vocabulary was not given cannot be judged, its texts are kept.
    """

    def __init__(self, question: Question, index: int, heading: str, vocabularies: Vocabularies) -> None:
        self.question = question
        self.index = index
        self.heading = heading
        self.choices = choices_of(question, vocabularies)
        self._codes = {choice.label.ja: choice.code for choice in self.choices}
        self._folded = {comparison_key(choice.label.ja): choice.code for choice in self.choices}
        self._read = {
            AnswerKind.DATE: self._date,
            AnswerKind.NUMBER: self._number,
            AnswerKind.TERNARY: self._choice,
            AnswerKind.CHOICE: self._choice,
            AnswerKind.TEXT: self._text,
        }[question.kind]

    def read(self, value: object) -> str | int | Refusal | None:
        """Return the answer a cell's value gives, None for a blank one, or why it cannot be taken."""
        if isinstance(value, str) and value in self._codes:
            return self._codes[value]
        return None if is_blank(value) else self._read(value)

    def _choice(self, value: object) -> str | Refusal:
        if not self.choices:
            return self._text(value)
        code = self._folded.get(comparison_key(plain_text(value)))
        return code or Refusal("not_in_list", {"choices": "、".join(choice.label.ja for choice in self.choices)})

    def _date(self, value: object) -> str | Refusal:
        if isinstance(value, dt.date):
            return plain_text(value)[:10]
        try:
            return read_date(plain_text(value)).isoformat()
        except NotADate:
            return Refusal("not_a_date")

    def _number(self, value: object) -> int | Refusal:
        text = unicodedata.normalize("NFKC", plain_text(value)).replace(",", "").strip()
        if not re.fullmatch("[0-9]+", text):
            return Refusal("not_a_number")
        if len(text) > len(str(_EXACT)) or int(text) >= _EXACT:
            return Refusal("precision_lost")
        return int(text)

    def _text(self, value: object) -> str | Refusal:
        text = plain_text(value)
        if isinstance(value, float) and abs(value) >= _EXACT:
            return Refusal("precision_lost")
        if _FORBIDDEN.search(text):
            return Refusal("control_character")
        if len(text) > self.question.max_length:
            return Refusal("text_too_long", {"length": len(text), "limit": self.question.max_length})
        if not self._folded:
            return text
        return self._folded.get(comparison_key(text), text)
