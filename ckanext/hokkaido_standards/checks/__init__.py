"""The rules of tables; importing them puts them into the registry."""

from __future__ import annotations

from ckanext.hokkaido_standards.checks import (
    headings,
    municipality,
    people,
    places,
    rows,
    texts,
    unfilled,
    untyped,
    values,
)

__all__ = ["KINDS"]

KINDS = (headings, values, places, rows, municipality, texts, untyped, people, unfilled)
