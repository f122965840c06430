"""Descriptions of columns as a resource keeps them: a list of name, description and type, or the JSON text of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Column", "columns_of"]

_MOST = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A described column."""

    name: str
    description: str = ""
    type: str = ""


def columns_of(stored: Any, headings: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the described columns; what cannot be understood is left out.

    :param stored: the value of the field `columns`.
    :param headings: headings of the file, by which the columns are put into order; one without description follows
        only where some other has one.
    """
    if isinstance(stored, str):
        try:
            stored = json.loads(stored)
        except ValueError:
            return ()
    found = {
        name: Column(name, _text(one.get("description")), _text(one.get("type")))
        for one in (stored if isinstance(stored, list) else ())
        if isinstance(one, dict) and (name := _text(one.get("name")))
    }
    if not any(column.description or column.type for column in found.values()):
        return ()
    order = {heading: place for place, heading in enumerate(headings)}
    listed = {heading: Column(heading) for heading in headings if heading} if headings else {}
    ordered = sorted((listed | found).values(), key=lambda column: order.get(column.name, len(order)))
    return tuple(ordered[:_MOST])


def _text(value: Any) -> str:
    return str(value).strip() if value is not None else ""
