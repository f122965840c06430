"""The answers in a request: read by their questions, every fault named at once."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import DataDict

from ckanext.hokkaido_inventory.domain.answer_values import AnswerFault, read_answer
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.logic.refusal import name_of
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = ["read_given"]


def read_given(data_dict: DataDict) -> dict[str, Any]:
    """Return the answers that a request gives, by key; a blank is `None`.

    :raises ValidationError: with a message under the key of each answer that its question does not take.
    """
    codes = {
        question.vocabulary: vocabulary(question.vocabulary).codes for question in QUESTIONS if question.vocabulary
    }
    given: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for question in QUESTIONS:
        if question.key in data_dict:
            try:
                given[question.key] = read_answer(question, data_dict[question.key], codes)
            except AnswerFault as fault:
                faults[question.key] = [_fault_text(fault)]
    if faults:
        raise tk.ValidationError(faults)
    return given


def _fault_text(fault: AnswerFault) -> str:
    texts = {
        "not_text": tk._("Give one text as the answer to “%(field)s”."),
        "too_long": tk._("The answer to “%(field)s” is too long. Shorten it to %(limit)d characters or fewer."),
        "not_listed": tk._("This is not one of the answers to “%(field)s”. Choose one from the list."),
        "not_date": tk._("“%(field)s” is not a date. Write it as year-month-day, for example 2026-12-18."),
        "not_number": tk._("“%(field)s” is not a number. Write digits only, for example 1200."),
    }
    return texts[fault.reason] % {"field": name_of(fault.question.label), "limit": fault.question.max_length}
