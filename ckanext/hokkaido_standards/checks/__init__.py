"""The rules of tables; importing them puts them into the registry."""

from __future__ import annotations

from ckanext.hokkaido_standards.checks import (
    areas,
    choices,
    headings,
    municipality,
    omitted,
    people,
    places,
    rows,
    several,
    sideways,
    texts,
    times,
    unfilled,
    untyped,
    values,
)

__all__ = ["KINDS"]

KINDS = (
    headings, sideways, values, choices, places, rows, omitted, municipality, areas, texts, several, untyped, times,
    people, unfilled,
)  # fmt: skip
