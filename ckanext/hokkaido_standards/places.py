"""The bodies that fill tables in: the municipalities of the prefecture, and the prefecture itself."""

from __future__ import annotations

from ckanext.hokkaido_core.domain.codes import HOKKAIDO
from ckanext.hokkaido_schema.shared import Item, vocabulary
from ckanext.hokkaido_standards.domain.template import Place

__all__ = ["place", "places"]


def places() -> list[Item]:
    """Return them with code and names, the prefecture first."""
    prefecture = vocabulary("prefectures").get(HOKKAIDO)
    return [*filter(None, [prefecture]), *vocabulary("municipalities")]


def place(code: str) -> Place | None:
    """Return one by its code of six digits, or nothing."""
    found = next((item for item in places() if item.code == code), None)
    return Place(found.code, found.ja) if found else None
