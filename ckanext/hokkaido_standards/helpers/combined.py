"""What the pages of the one tables and of coverage call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_standards.reasons import file_reason_words, reason_names, reason_words

__all__ = [
    "hokkaido_combined_columns",
    "hokkaido_combined_file_reason",
    "hokkaido_combined_reason",
    "hokkaido_combined_reason_name",
    "hokkaido_coverage_state",
]


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
            tk._("The check finds nothing wrong, and no update is overdue by the dataset's own frequency."),
        ),
        "valid": (
            tk._("Without faults"),
            "good",
            tk._("Its rows are in the one table, and the check of the file finds nothing wrong."),
        ),
        "joined": (
            tk._("In the one table"),
            "info",
            tk._("A file has the headings of the standard, and its rows are in the one table."),
        ),
        "published": (
            tk._("Published as data"),
            "warn",
            tk._("A dataset has it, but no file whose rows could be taken into the one table."),
        ),
        "listed": (tk._("In the inventory"), "plain", tk._("The published inventory names it, and no dataset has it.")),
        "absent": (tk._("None known"), "plain", tk._("Neither the inventory nor a dataset names it.")),
    }
    label, tone, meaning = looks[state]
    return {"label": label, "tone": tone, "meaning": meaning}
