"""Series of datasets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_schema import series

__all__ = [
    "hokkaido_package",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "humanize_entity_type",
]


def hokkaido_package(package_id: str | None) -> dict[str, str] | None:
    """Return title, name and type of a dataset or series that the user may see, or nothing."""
    return series.seen(package_id)


def hokkaido_series_choices(current: str | None) -> list[dict[str, str]]:
    """Return the series that the user may put a dataset into."""
    return series.offered(current)


def hokkaido_series_members(series_id: str) -> list[dict[str, Any]]:
    """Return the datasets of a series that the user may see, the latest first."""
    return series.members(series_id)


def hokkaido_series_of_organization(organization_id: str) -> list[dict[str, Any]]:
    """Return the series of an organisation that the user may see."""
    return series.of_organization(organization_id)


@tk.chained_helper
def humanize_entity_type(
    original: Callable[[str, str, str], str | None], entity_type: str, object_type: str, purpose: str
) -> str | None:
    """Call series what they are called in Japanese; CKAN makes a name of the type."""
    own = series.label(purpose) if (entity_type, object_type) == ("package", series.SERIES) else None
    return own or original(entity_type, object_type, purpose)
