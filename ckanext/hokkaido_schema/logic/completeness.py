"""What a dataset lacks before it can be published; the list is short, and everything else is a question of quality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema.logic.prefill import organization_contact

__all__ = ["missing"]


def missing(
    dataset: dict[str, Any], contact_of: Callable[[str], object] = organization_contact
) -> dict[str, list[str]]:
    """Return what is missing, by field: what to do about each.

    :param contact_of: gives the contact of an organisation; a list of datasets has read them all.
    """
    words = {
        "title": tk._("Give it a title."),
        "notes": tk._("Describe what the data is, in a sentence or two."),
        "owner_org": tk._("Choose the organisation that publishes it."),
        "license_id": tk._("Choose a licence."),
    }
    found = {name: [text] for name, text in words.items() if not str(dataset.get(name) or "").strip()}
    if not _has_contact(dataset, contact_of):
        text = tk._(
            "Write whom to ask: an office, its e-mail address, phone or page. What the organisation gives counts."
        )
        found["contact"] = [text]
    if not dataset.get("resources"):
        found["resources"] = [tk._("Add a file or a link.")]
    return found


def _has_contact(dataset: dict[str, Any], contact_of: Callable[[str], object]) -> bool:
    own = any(any(one.values()) for one in dataset.get("contact") or [] if isinstance(one, dict))
    return own or bool(dataset.get("owner_org") and contact_of(dataset["owner_org"]))
