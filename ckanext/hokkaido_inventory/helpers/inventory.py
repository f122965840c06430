"""Helpers of the public list: its addresses, and the names of what it is narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain.withdrawal import WithdrawalReason

__all__ = ["hokkaido_facet_titles", "hokkaido_inventory_url", "hokkaido_withdrawal_reasons"]


def hokkaido_inventory_url(asked: Mapping[str, str], **changes: Any) -> str:
    """Return the address of the list with what is asked for, changed in some points; the page starts anew."""
    query = {key: value for key, value in {**asked, **changes}.items() if value}
    return tk.h.url_for("hokkaido_holding.index", **query)


def hokkaido_facet_titles() -> dict[str, str]:
    """Return the facets of the list with their titles, in the order in which they are shown."""
    return {
        "status": tk._("Opening"),
        "decision": tk._("Decision"),
        "theme": tk._("Theme"),
        "priority": tk._("Priority of opening"),
        "format": tk._("Format held"),
        "machine_readability": tk._("Machine-readability"),
        "update_frequency": tk._("Renewed"),
    }


def hokkaido_withdrawal_reasons() -> list[tuple[str, str]]:
    """Return code and name of each reason to take a holding out."""
    return [(reason.value, tk.h.hokkaido_wording(reason.wording)) for reason in WithdrawalReason]
