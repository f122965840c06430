"""Reading one typed answer: what a form or a request sends becomes the value that is stored, or a named fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from ckanext.hokkaido_core.domain.eras import NotADate, read_date
from ckanext.hokkaido_inventory.domain.questions import AnswerKind, Question

__all__ = ["AnswerFault", "read_answer"]

#: Characters that PostgreSQL cannot keep or a reader cannot see; line feeds and tabs stay.
_CONTROL = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS_OF_A_NUMBER = 15


class AnswerFault(ValueError):
    """A value that a question does not take.

    `reason` is one of `not_text`, `too_long`, `not_listed`, `not_date`, `not_number`.
    """

    def __init__(self, question: Question, reason: str) -> None:
        super().__init__(f"{question.key}: {reason}")
        self.question = question
        self.reason = reason


def read_answer(question: Question, raw: object, vocabularies: Mapping[str, Collection[str]]) -> str | int | None:
    """Return the value to store: `None` for a blank, an integer for a number, else text or a code.

    :param vocabularies: codes of each vocabulary by name, for questions whose answers are codes of one.
    :raises AnswerFault: when the question does not take the value.
    """
    if raw is None:
        return None
    if question.kind is AnswerKind.NUMBER and isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise AnswerFault(question, "not_text")
    text = _clean(raw)
    if not text:
        return None
    match question.kind:
        case AnswerKind.TEXT:
            return _text(question, text)
        case AnswerKind.DATE:
            return _date(question, text)
        case AnswerKind.NUMBER:
            return _number(question, text)
        case _:
            return _code(question, text, vocabularies)


def _clean(raw: str) -> str:
    return _SURROGATE.sub("", _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _text(question: Question, text: str) -> str:
    if len(text) > question.max_length:
        raise AnswerFault(question, "too_long")
    return text


def _code(question: Question, text: str, vocabularies: Mapping[str, Collection[str]]) -> str:
    codes = {choice.code for choice in question.choices} or vocabularies.get(question.vocabulary or "", ())
    if text not in codes:
        raise AnswerFault(question, "not_listed")
    return text


def _date(question: Question, text: str) -> str:
    try:
        return read_date(text).isoformat()
    except NotADate as error:
        raise AnswerFault(question, "not_date") from error


def _number(question: Question, text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(rf"[0-9]{{1,{_DIGITS_OF_A_NUMBER}}}", digits):
        raise AnswerFault(question, "not_number")
    return int(digits)
