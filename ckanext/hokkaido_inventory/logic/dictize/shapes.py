"""Pieces that several dictionaries share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckanext.hokkaido_inventory.service.person import Person
from ckanext.hokkaido_inventory.service.unit import Unit

__all__ = ["instant", "person", "unit"]


def instant(value: datetime | None) -> str | None:
    """Write an instant as ISO 8601 with its offset."""
    return value.isoformat() if value else None


def unit(value: Unit | None, unit_id: str) -> dict[str, Any]:
    """Return a unit; one whose organisation was purged keeps its id as its name."""
    return (
        {"id": value.id, "name": value.name, "title": value.title}
        if value
        else dict.fromkeys(("id", "name", "title"), unit_id)
    )


def person(value: Person | None) -> dict[str, Any] | None:
    """Return a person."""
    return {"name": value.name, "fullname": value.fullname} if value else None
