"""Helpers of the table to fill in and of the form of one row: which questions a round asks, and in which order."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain.question_sets import asked
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Question
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.helpers.looks import hokkaido_choices, hokkaido_wording

__all__ = [
    "hokkaido_answer_label",
    "hokkaido_asked",
    "hokkaido_grid_columns",
    "hokkaido_grid_texts",
    "hokkaido_labels",
]

#: What decides about opening stands beside the six questions, whatever the order of the official form.
_LATE = ("reason", "reason_note", "law", "blocking_step", "review_on", "listing")


def hokkaido_asked(question_set: str, *keys: str) -> list[Question]:
    """Return those of some questions that a set asks; without keys all of them, in the order of the form."""
    wanted = asked(question_set)
    questions = [question for question in QUESTIONS if question.key in wanted]
    if not keys:
        return questions
    by_key = {question.key: question for question in questions}
    return [by_key[key] for key in keys if key in by_key]


def hokkaido_answer_label(question: Question, value: object) -> str:
    """Return an answer as people read it: the name of a choice, any other value as it is."""
    text = "" if value is None else str(value)
    return dict(hokkaido_choices(question)).get(text, text)


def hokkaido_labels(*keys: str) -> list[tuple[str, str]]:
    """Return key and name of questions, in the language of the page."""
    by_key = {question.key: question for question in QUESTIONS}
    return [(key, hokkaido_wording(by_key[key].label)) for key in keys]


def hokkaido_grid_columns(question_set: str) -> list[dict[str, Any]]:
    """Return the columns of the table: what is asked, first what decides, last the remarks."""
    questions = hokkaido_asked(question_set)
    head = [question for question in questions if question.key in {"title", "description"}]
    sheet = [question for question in questions if question.kind is AnswerKind.TERNARY]
    late = [question for key in _LATE for question in questions if question.key == key]
    shown = {question.key for question in (*head, *sheet, *late)} | {"remarks"}
    rest = [question for question in questions if question.key not in shown]
    last = [question for question in questions if question.key == "remarks"]
    return [_column(question) for question in (*head, *sheet, *late, *rest, *last)]


def hokkaido_grid_texts() -> dict[str, str]:
    """Return what the script of the table says; words in braces are filled in by it."""
    return {
        "saved": tk._("All saved"),
        "saving": tk._("Saving…"),
        "unsaved": tk._("Not saved yet"),
        "named": tk._("Write the name of the data; the row is saved then."),
        "failed": tk._("It could not be sent. What you typed is kept on this computer and sent again by itself."),
        "refused": tk._("It could not be saved: {reason} What you typed is kept on this computer."),
        "expired": tk._(
            "You are logged out, so nothing can be saved. What you typed is kept here; log in and it is sent."
        ),
        "login": tk._("Log in in a new tab"),
        "retry": tk._("Try again"),
        "restored": tk._("What was not saved at your last visit is filled in again and sent now."),
        "marked": tk._("Some cells are marked. Correct them; everything else is saved."),
        "choose": tk._("“{value}” is not one of the answers. Write one of: {choices}."),
        "number": tk._("“{value}” is not a number. Write digits only, for example 1200."),
        "long": tk._("Too long: shorten it to {limit} characters or fewer."),
        "example": tk._("Example: {example}"),
        "conflict": tk._("Somebody else changed this meanwhile. Choose one."),
        "mine": tk._("Mine: {value}"),
        "theirs": tk._("Theirs: {value}"),
        "take": tk._("Take this one"),
        "blank": tk._("(blank)"),
        "lastpage": tk._(
            "This many rows do not fit on this page. Paste them on the last page, where new rows are added."
        ),
        "pasted": tk._("Pasted: {rows} rows"),
    }


def _column(question: Question) -> dict[str, Any]:
    choices = hokkaido_choices(question)
    listed = question.kind in {AnswerKind.TERNARY, AnswerKind.CHOICE}
    return {
        "key": question.key,
        "kind": "choice" if listed else question.kind.value,
        "label": hokkaido_wording(question.label),
        "help": hokkaido_wording(question.help),
        "example": question.example,
        "long": question.kind is AnswerKind.TEXT and question.max_length > 300,  # noqa: PLR2004 - one line holds it.
        "limit": question.max_length,
        "choices": choices if listed else [],
        "names": dict(choices) if listed else {},
        "words": _words(question) if listed else {},
        "suggestions": [] if listed else [label for _code, label in choices],
    }


def _words(question: Question) -> dict[str, str]:
    """Return every way a choice may be written, with its code: the code itself and the name in both languages."""
    words = {code: code for code, _label in hokkaido_choices(question)}
    words |= {label: code for code, label in hokkaido_choices(question)}
    for choice in question.choices:
        words |= {choice.label.ja: choice.code, choice.label.en: choice.code}
    if question.kind is AnswerKind.TERNARY:
        words |= {"あり": "yes", "○": "yes", "〇": "yes", "なし": "no", "×": "no", "不明": "unclear", "？": "unclear"}
    return words
