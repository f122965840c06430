"""Two people who changed one dataset at a time: what each wrote, field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Difference", "differences", "fingerprint", "fingerprints", "own_changes"]

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people left in different states; `choice` is empty where both changed it."""

    field: str
    mine: Any
    theirs: Any
    choice: str


def fingerprint(value: Any) -> str:
    """Return a short mark of a value; blank and missing are the same, and so are two ways of breaking a line."""
    text = json.dumps(_plain(value) or "", ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fingerprints(values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """Return the marks of some fields."""
    return {name: fingerprint(values.get(name)) for name in fields}


def own_changes(base: Mapping[str, str], mine: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not those from which I began, by the marks of these."""
    return {name: value for name, value in mine.items() if fingerprint(value) != base.get(name)}


def differences(base: Mapping[str, str], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """Return the fields that another person has changed meanwhile and that I would overwrite.

    :param base: marks of the values from which I began.
    :param mine: what I wrote.
    :param theirs: what is stored now.
    """
    found = []
    for name, value in mine.items():
        my_mark, their_mark = fingerprint(value), fingerprint(theirs.get(name))
        began = base.get(name)
        if their_mark in {my_mark, began}:
            continue
        found.append(Difference(name, value, theirs.get(name), THEIRS if my_mark == began else ""))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Mapping):
        return {key: plain for key, one in value.items() if (plain := _plain(one))}
    if isinstance(value, list | tuple):
        return [plain for one in value if (plain := _plain(one))]
    return "" if value is None else str(value)
