"""The columns of a file as CKAN's form of a resource sends them: `columns-000-name` and so on."""

from __future__ import annotations

import json
import re
from collections.abc import MutableMapping
from typing import Any

__all__ = ["columns_of"]

_KEY = re.compile(r"columns-(?P<number>\d{1,4})-(?P<part>name|type|description)")


def columns_of(resource: MutableMapping[str, Any]) -> list[dict[str, Any]] | None:
    """Take the columns out of a resource, whichever way they are written; nothing when it does not speak of them."""
    flat = {key: match for key in resource if isinstance(key, str) and (match := _KEY.fullmatch(key))}
    if not flat:
        return _loaded(resource.get("columns"))
    numbered: dict[int, dict[str, Any]] = {}
    for key, match in flat.items():
        numbered.setdefault(int(match["number"]), {})[match["part"]] = resource.pop(key)
    return [numbered[number] for number in sorted(numbered) if numbered[number].get("name")]


def _loaded(columns: Any) -> list[dict[str, Any]] | None:
    """Return columns that came as a list, or as JSON text as CKAN stores them; nothing for anything else."""
    if isinstance(columns, str):
        try:
            columns = json.loads(columns)
        except ValueError:
            return None
    return columns if isinstance(columns, list) else None
