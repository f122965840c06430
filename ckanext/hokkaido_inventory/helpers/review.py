"""Helpers of the review pages: a row as a reviewer reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS, Question
from ckanext.hokkaido_inventory.helpers.looks import hokkaido_choices, hokkaido_wording

__all__ = ["hokkaido_answered", "hokkaido_remarked", "hokkaido_tally"]


def hokkaido_answered(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a row answers, in the order of the form, as `{key, label, value, by_rule}`."""
    values = row["answers"] | {"description": row["description"]}
    return [
        {
            "key": question.key,
            "label": hokkaido_wording(question.label),
            "value": _shown(question, values[question.key]),
            "by_rule": question.key in row["by_rule"],
        }
        for question in QUESTIONS
        if values.get(question.key) not in (None, "")
    ]


def hokkaido_remarked(response: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows with open remarks as `{row, remarks, questions}`; `questions` are those to answer in place."""
    rows = {row["id"]: row for row in response["answers"]}
    found: dict[str, dict[str, Any]] = {}
    for remark in response["remarks"]:
        if remark["resolved_at"] or remark["answer"] not in rows:
            continue
        entry = found.setdefault(remark["answer"], {"row": rows[remark["answer"]], "remarks": [], "questions": []})
        entry["remarks"].append(remark)
    for entry in found.values():
        # A remark on the row as a whole is about what it is: its name and description can be changed in place.
        fields = {remark["field"] for remark in entry["remarks"]}
        keys = (fields - {None}) | ({"title", "description"} if None in fields else set())
        entry["questions"] = [question for question in QUESTIONS if question.key in keys]
    return sorted(found.values(), key=lambda entry: entry["row"]["number"])


def hokkaido_tally(rows: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Count rows by a code (`decision`, `change`), most frequent first, as `{code, label, count}`."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = found.setdefault(row[key], {"code": row[key], "label": row[f"{key}_label"], "count": 0})
        entry["count"] += 1
    return sorted(found.values(), key=lambda entry: -entry["count"])


def _shown(question: Question, value: Any) -> str:
    return dict(hokkaido_choices(question)).get(value, str(value))
