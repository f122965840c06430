"""Rows that can be drafted from what exists already, before anybody has looked at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.personal_columns import PersonalKind, personal_columns
from ckanext.hokkaido_inventory.domain.readability_level import suggested_level

__all__ = ["Seed", "answers_of_table", "title_key", "unique"]

#: Kinds that make a table personal whoever the persons are; a name alone may be that of an official.
_SURELY = frozenset(PersonalKind) - {PersonalKind.NAME, PersonalKind.PHONE, PersonalKind.EMAIL, PersonalKind.ADDRESS}


@dataclass(frozen=True, slots=True)
class Seed:
    """A row to be drafted; `package_id` is the dataset it is public as already, if it came from one."""

    title: str
    description: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    package_id: str | None = None


def title_key(title: str) -> str:
    """Return the key under which two titles within a unit name the same data."""
    return comparison_key(title)


def unique(seeds: Iterable[Seed]) -> list[Seed]:
    """Return each title once, in order; the first one wins."""
    found: dict[str, Seed] = {}
    for seed in seeds:
        if key := title_key(seed.title):
            found.setdefault(key, seed)
    return list(found.values())


def answers_of_table(columns: Sequence[str], format_: str, rows: int | None) -> dict[str, Any]:
    """Return what a table itself answers: its form, its size, its columns, and whether they tell of persons.

    A table in which nothing looks personal answers nothing on that: only a person can say 無.
    """
    answers: dict[str, Any] = {"format": format_, "machine_readability": suggested_level(format_)}
    if columns:
        answers["columns"] = "、".join(columns)
        answers["column_count"] = len(columns)
    if rows is not None:
        answers["record_count"] = rows
    return {key: value for key, value in (answers | personal_answers(columns)).items() if value not in (None, "")}


def personal_answers(columns: Sequence[str]) -> dict[str, str]:
    """Return the answers on personal information that headings suggest."""
    kinds = [column.kind for column in personal_columns(columns)]
    if not kinds:
        return {}
    several = kinds.count(PersonalKind.NAME) > 0 and len(kinds) > 1
    answers = {"personal_information": "yes" if several or _SURELY & set(kinds) else "unclear"}
    if PersonalKind.NUMBER in kinds:
        answers["specific_personal_information"] = "yes"
    if PersonalKind.SENSITIVE in kinds:
        answers["sensitive_personal_information"] = "yes"
    return answers
