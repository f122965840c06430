"""Two texts compared: what stayed, what went, what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Change", "FieldChange", "compare_fields", "compare_texts"]

#: Words of Latin script and digits stay whole; Japanese is compared character by character.
_PIECES = re.compile(r"[0-9A-Za-z]+|\s+|.", re.DOTALL)
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text: `kind` is `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs, as pieces of both values."""

    name: str
    before: str
    after: str
    pieces: tuple[Change, ...]


def compare_fields(before: dict[str, str], after: dict[str, str]) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the second description, those that went last."""
    names = dict.fromkeys((*after, *before))
    return tuple(
        FieldChange(name, before.get(name, ""), after.get(name, ""), pieces)
        for name in names
        if (pieces := compare_texts(before.get(name, ""), after.get(name, "")))
    )


def compare_texts(before: str, after: str) -> tuple[Change, ...]:
    """Return two texts as pieces, or nothing where they are the same; long ones are not looked into."""
    if before == after:
        return ()
    if max(len(before), len(after)) > _LONGEST or not before or not after:
        return tuple(Change(kind, text) for kind, text in (("gone", before), ("new", after)) if text)
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[Change] = []
    for kind, start, end, start_new, end_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", "".join(old[start:end])))
            continue
        found += [
            Change(name, text)
            for name, text in (("gone", "".join(old[start:end])), ("new", "".join(new[start_new:end_new])))
            if text
        ]
    return tuple(found)
