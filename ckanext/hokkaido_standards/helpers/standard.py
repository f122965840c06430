"""What the pages of the standard data sets call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.shared import spoken

__all__ = [
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
