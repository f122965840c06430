"""Reads which rows of a table are asked for; what cannot be read is told all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_core.domain.eras import NotADate, read_span
from ckanext.hokkaido_schema.shared import vocabulary
from ckanext.hokkaido_standards.domain.combined import Wanted
from ckanext.hokkaido_standards.domain.region import Box, read_box
from ckanext.hokkaido_standards.places import place

__all__ = ["FILTERS", "wanted_of"]

#: Names of the filters, as addresses and actions have them.
FILTERS = ("municipality", "bureau", "bbox", "since", "until", "q", "placed")


def wanted_of(asked: Mapping[str, Any]) -> Wanted:
    """Return which rows are asked for.

    :param asked: `municipality` and `bureau` (codes; several with commas), `bbox` (west, south, east, north), `since`
        and `until` (days, months, years, in any usual way of writing), `q`, `placed`.
    :raises ValidationError: when any of them cannot be read.
    """
    errors: dict[str, list[str]] = {}
    municipalities, bureaus = _codes(asked.get("municipality")), _codes(asked.get("bureau"))
    if unknown := [code for code in municipalities if place(code) is None and not code.isdigit()]:
        message = tk._("“{codes}” is no code of a municipality. Write six digits, such as 011002 for Sapporo.")
        errors["municipality"] = [message.format(codes="、".join(unknown))]
    if unknown := [code for code in bureaus if code not in vocabulary("bureaus").codes]:
        message = tk._("“{codes}” is no code of a subprefectural bureau. Choose one of the list.")
        errors["bureau"] = [message.format(codes="、".join(unknown))]
    box = _box(str(asked.get("bbox") or ""), errors)
    since, until = (_day(str(asked.get(name) or ""), name, errors) for name in ("since", "until"))
    if since and until and since > until:
        errors["until"] = [tk._("The period ends before it begins. Change one of the two days.")]
    if errors:
        raise tk.ValidationError(errors)
    placed = tk.asbool(asked.get("placed") or False)
    return Wanted(municipalities, bureaus, box, since, until, str(asked.get("q") or "").strip(), placed)


def _codes(told: Any) -> tuple[str, ...]:
    parts = told if isinstance(told, list) else str(told or "").split(",")
    return tuple(sorted({str(part).strip() for part in parts} - {""}))


def _box(text: str, errors: dict[str, list[str]]) -> Box | None:
    if not text.strip():
        return None
    try:
        west, south, east, north = text.split(",")
        return read_box(f"{south},{west},{north},{east}")
    except ValueError:
        message = tk._("“{text}” is no box. Write west, south, east, north in degrees, such as 141.2,42.9,141.5,43.2.")
        errors["bbox"] = [message.format(text=text)]
        return None


def _day(text: str, name: str, errors: dict[str, list[str]]) -> date | None:
    if not text.strip():
        return None
    try:
        span = read_span(text)
    except NotADate:
        message = tk._("“{text}” cannot be read as a day. Write it like 2026-04-01 or 令和8年4月1日.")
        errors[name] = [message.format(text=text)]
        return None
    return span.start if name == "since" else span.end
