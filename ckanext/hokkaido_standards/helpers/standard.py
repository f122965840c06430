"""What the pages of the standard data sets call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_standards.reasons import file_reason_words, reason_names, reason_words

__all__ = [
    "hokkaido_combined_columns",
    "hokkaido_combined_file_reason",
    "hokkaido_combined_reason",
    "hokkaido_combined_reason_name",
    "hokkaido_coverage_state",
    "hokkaido_standard_form",
    "hokkaido_standard_obligation",
    "hokkaido_standard_proof",
    "hokkaido_standard_words",
]


def hokkaido_standard_words(told: Mapping[str, str]) -> str:
    """Return a text by language in the language that is spoken; Japanese where it has no other."""
    language = "en" if spoken().startswith("en") else "ja"
    return told.get(language) or told.get("ja", "")


def hokkaido_standard_form(form: str) -> str:
    """Return what a form is called."""
    labels = {
        "current": tk._("Current form (since 2023)"),
        "legacy": tk._("Older form (推奨データセット)"),
        "metadata": tk._("File about the file (metadata)"),
        "civic": tk._("Form of civic projects"),
    }
    return labels[form]


def hokkaido_standard_obligation(obligation: str) -> dict[str, str]:
    """Return what an obligation is called, and how it looks."""
    looks = {
        "mandatory": (tk._("Must be filled in"), "bad"),
        "recommended": (tk._("Recommended to fill in"), "info"),
        "optional": (tk._("Need not be filled in"), "plain"),
        "unknown": (tk._("Not known"), "plain"),
    }
    label, look = looks[obligation]
    return {"label": label, "look": look}


def hokkaido_standard_proof(proof: str) -> dict[str, Any]:
    """Return where the columns of a form were taken from: a word, how it looks, and what it means."""
    looks = {
        "official": (tk._("Official definition"), "good", "circle-check", tk._("Taken from the official definition.")),
        "loaded": (
            tk._("Official definition (loaded)"),
            "good",
            "circle-check",
            tk._("Taken from the definition workbook that an administrator has loaded."),
        ),
        "published": (
            tk._("From published files"),
            "info",
            "circle-info",
            tk._(
                "Taken from the headings of published files. Names and order may differ from the official definition."
            ),
        ),
        "part": (
            tk._("Known in part"),
            "warn",
            "triangle-exclamation",
            tk._("Only some columns are known, from published files. The official definition has others."),
        ),
        "none": (
            tk._("Not known"),
            "plain",
            "circle-question",
            tk._("No definition and no agreed published file is at hand."),
        ),
    }
    label, look, icon, meaning = looks[proof]
    return {"label": label, "look": look, "icon": icon, "meaning": meaning}


def hokkaido_combined_columns(
    columns: Sequence[dict[str, str]], rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Return those columns that any of these rows has a value in."""
    return [one for one in columns if any(row.get(one["key"]) for row in rows)]


def hokkaido_combined_reason(reason: str) -> str:
    """Return why rows are not in the one table, and what to do."""
    return reason_words()[reason]


def hokkaido_combined_reason_name(reason: str) -> str:
    """Return in few words why rows are not in the one table."""
    return reason_names()[reason]


def hokkaido_combined_file_reason(reason: str) -> str:
    """Return why a file gives no row to the one table."""
    return file_reason_words()[reason]


def hokkaido_coverage_state(state: str) -> dict[str, str]:
    """Return what a state of coverage is called, how it looks, and what it means."""
    looks = {
        "current": (
            tk._("Current"),
            "good",
            tk._("Its rows are in the one table, and no update is overdue by the dataset's own frequency."),
        ),
        "valid": (
            tk._("In the one table"),
            "info",
            tk._("A file has the headings of the standard, and its rows are in the one table."),
        ),
        "published": (
            tk._("Published"),
            "warn",
            tk._("A dataset has it, but no file whose rows could be taken into the one table."),
        ),
        "listed": (tk._("In the inventory"), "plain", tk._("The published inventory names it, and no dataset has it.")),
        "absent": (tk._("None known"), "plain", tk._("Neither the inventory nor a dataset names it.")),
    }
    label, tone, meaning = looks[state]
    return {"label": label, "tone": tone, "meaning": meaning}
