"""Repeating groups of a form, as CKAN's validators see them: keys such as ("contact", 0, "email")."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

__all__ = ["FlatData", "drop_empty_groups", "group_numbers"]

FlatData = MutableMapping[tuple[Any, ...], Any]

_GROUP_KEY = 3


def group_numbers(data: FlatData, field: str) -> list[int]:
    """Return the numbers of the groups of a repeating field, in order."""
    return sorted({key[1] for key in data if len(key) >= _GROUP_KEY and key[0] == field})


def drop_empty_groups(data: FlatData, field: str, *, blank: tuple[object, ...]) -> None:
    """Remove the groups in which nothing was filled in, and number the others again from zero.

    :param blank: values that count as nothing, besides None and blank text.
    """
    kept = 0
    for number in group_numbers(data, field):
        keys = [key for key in data if key[:2] == (field, number)]
        if all(_is_blank(data[key], blank) for key in keys):
            for key in keys:
                del data[key]
            continue
        if kept != number:
            for key in keys:
                data[(field, kept, *key[2:])] = data.pop(key)
        kept += 1


def _is_blank(value: object, blank: tuple[object, ...]) -> bool:
    return value is None or any(value is one for one in blank) or (isinstance(value, str) and not value.strip())
