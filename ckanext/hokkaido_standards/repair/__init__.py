"""The repairs of tables; importing them puts them into the registry, in the order in which they work."""

from __future__ import annotations

from ckanext.hokkaido_standards.repair import headings, merged, places, texts, untyped, values

__all__ = ["KINDS"]

KINDS = (merged, texts, values, untyped, places, headings)
