"""Refusals of the rules of a reorganisation in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain import refusal_transfer as r
from ckanext.hokkaido_inventory.logic.names import day

__all__ = ["FIELDS", "SENTENCES"]

FIELDS: dict[type[Exception], str] = {
    r.HoldingsNotTheirs: "holdings",
    r.NothingToMove: "holdings",
    r.TransferAhead: "effective_on",
    r.TransferToItself: "to_unit",
}


def _not_theirs(_refusal: r.HoldingsNotTheirs) -> str:
    return tk._(
        "Some of the chosen data is not held by this unit any more. Nothing was moved. Open the page again and choose "
        "from what it shows."
    )


def _nothing(_refusal: r.NothingToMove) -> str:
    return tk._("Choose at least one holding that goes to the other unit.")


def _ahead(refusal: r.TransferAhead) -> str:
    return tk._("The day of the change (%(day)s) lies ahead. Do it on that day: people lose their access at once.") % {
        "day": day(refusal.effective_on)
    }


def _itself(_refusal: r.TransferToItself) -> str:
    return tk._(
        "Choose another unit to take over the data. Only a change of name leaves the data with the same organisation."
    )


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    r.HoldingsNotTheirs: _not_theirs,
    r.NothingToMove: _nothing,
    r.TransferAhead: _ahead,
    r.TransferToItself: _itself,
}
