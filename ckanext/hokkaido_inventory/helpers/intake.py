"""Helpers of the preview of a file."""

from __future__ import annotations

from collections.abc import Sequence

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.helpers.looks import hokkaido_wording

__all__ = [
    "hokkaido_confidence",
    "hokkaido_doubtful_columns",
    "hokkaido_mapping_fields",
    "hokkaido_workbook_kind",
]

_SURE, _LIKELY = 0.9, 0.6


def hokkaido_mapping_fields() -> list[tuple[str, str]]:
    """Return key and label of every question that a column may answer."""
    return [(question.key, hokkaido_wording(question.label)) for question in QUESTIONS]


def hokkaido_confidence(column: dict[str, object]) -> dict[str, str]:
    """Say in words how sure the proposal for a column is, as `{label, tone}`."""
    if column["source"] == "chosen":
        return {"label": tk._("chosen by you"), "tone": "good"}
    if column["source"] == "kept":
        return {"label": tk._("as confirmed last time"), "tone": "good"}
    if not column["field"]:
        return {"label": tk._("left out"), "tone": "plain"}
    confidence = float(str(column["confidence"]))
    if confidence >= _SURE:
        return {"label": tk._("sure"), "tone": "good"}
    if confidence >= _LIKELY:
        return {"label": tk._("likely"), "tone": "info"}
    return {"label": tk._("please check"), "tone": "warn"}


def hokkaido_doubtful_columns(mapping: Sequence[dict[str, object]]) -> list[str]:
    """Return the headings of the columns whose use is only guessed."""
    guessed = [one for one in mapping if one["field"] and one["source"] not in ("chosen", "kept")]
    return [str(one["heading"] or one["column"]) for one in guessed if float(str(one["confidence"])) < _LIKELY]


def hokkaido_workbook_kind(kind: str | None) -> str:
    """Say what a file is."""
    names = {
        "official": tk._("Official survey form (GIF 465-3)"),
        "template": tk._("Form of this portal"),
        "own": tk._("A list of your own"),
    }
    return names.get(kind or "", tk._("Not readable"))
