"""One cell to one answer: what is understood, and what is refused with its place."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_core.domain.eras import NotADate, read_date
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.finding_kinds import kind
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Choice, Question

__all__ = ["Cell", "Vocabularies", "choices_of", "is_blank", "plain_text", "read_cell"]

#: The choices of each vocabulary a question names.
Vocabularies = Mapping[str, Sequence[Choice]]

#: Control characters (but tab and line feed) and the marks that turn the direction of text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: A spreadsheet keeps 15 significant digits of a number.
_EXACT = 10**15
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its place: sheet name, row and column counted from 1, and the heading above it."""

    value: object
    sheet: str
    row: int
    column: int
    heading: str

    def finding(self, code: str, **params: str | int) -> Finding:
        """Return a finding at this cell, with the value shortened and without invisible characters."""
        shown = "".join(character if character.isprintable() else " " for character in plain_text(self.value))
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        values = {"heading": self.heading, **params}
        return Finding(kind(code), self.sheet, self.row, get_column_letter(self.column), shown, values)


def is_blank(value: object) -> bool:
    """Say whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def plain_text(value: object) -> str:
    """Return a cell's value as the text a reader sees: whole numbers without a fraction, dates as YYYY-MM-DD."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
        case dt.date():
            return value.isoformat()
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def choices_of(question: Question, vocabularies: Vocabularies) -> Sequence[Choice]:
    """Return the answers a question lists, its own or those of its vocabulary."""
    return question.choices or vocabularies.get(question.vocabulary or "", ())


def read_cell(question: Question, cell: Cell, vocabularies: Vocabularies) -> tuple[str | int | None, Finding | None]:
    """Return the answer a cell gives, None for a blank one, and the finding if it cannot be taken.

    Answers of lists are compared without regard to width and blanks, and never guessed.
    """
    if is_blank(cell.value):
        return None, None
    match question.kind:
        case AnswerKind.DATE:
            return _date(cell)
        case AnswerKind.NUMBER:
            return _number(cell)
        case AnswerKind.TERNARY | AnswerKind.CHOICE:
            return _choice(cell, choices_of(question, vocabularies))
        case AnswerKind.TEXT:
            return _text(question, cell, choices_of(question, vocabularies))


def _choice(cell: Cell, choices: Sequence[Choice]) -> tuple[str | None, Finding | None]:
    code = _code(plain_text(cell.value), choices)
    if code is None:
        return None, cell.finding("not_in_list", choices="、".join(choice.label.ja for choice in choices))
    return code, None


def _code(text: str, choices: Sequence[Choice]) -> str | None:
    key = comparison_key(text)
    return next((choice.code for choice in choices if comparison_key(choice.label.ja) == key), None)


def _date(cell: Cell) -> tuple[str | None, Finding | None]:
    if isinstance(cell.value, dt.date):
        return plain_text(cell.value)[:10], None
    try:
        return read_date(plain_text(cell.value)).isoformat(), None
    except NotADate:
        return None, cell.finding("not_a_date")


def _number(cell: Cell) -> tuple[int | None, Finding | None]:
    text = unicodedata.normalize("NFKC", plain_text(cell.value)).replace(",", "").strip()
    if not re.fullmatch("[0-9]+", text):
        return None, cell.finding("not_a_number")
    if len(text) > len(str(_EXACT)) or int(text) >= _EXACT:
        return None, cell.finding("precision_lost")
    return int(text), None


def _text(question: Question, cell: Cell, suggestions: Sequence[Choice]) -> tuple[str | None, Finding | None]:
    text = plain_text(cell.value)
    if isinstance(cell.value, float) and abs(cell.value) >= _EXACT:
        return None, cell.finding("precision_lost")
    if _FORBIDDEN.search(text):
        return None, cell.finding("control_character")
    if len(text) > question.max_length:
        return None, cell.finding("text_too_long", length=len(text), limit=question.max_length)
    return _code(text, suggestions) or text, None
