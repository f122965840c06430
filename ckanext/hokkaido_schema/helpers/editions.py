"""Editions and versions beside a dataset."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_schema import editions

__all__ = ["hokkaido_editions"]


def hokkaido_editions(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return the editions of a dataset's series and its versions, as far as the visitor may see them."""
    return editions.around(dataset)
