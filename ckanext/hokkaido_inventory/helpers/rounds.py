"""Helpers of the pages of rounds and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.hokkaido_inventory.domain.duty import Duty, SuccessionKind
from ckanext.hokkaido_inventory.domain.question_sets import QuestionSet
from ckanext.hokkaido_inventory.service.calendar import next_working_day
from ckanext.hokkaido_schema.shared import vocabulary

__all__ = [
    "hokkaido_bureaus_of",
    "hokkaido_duties",
    "hokkaido_next_working_day",
    "hokkaido_people_units",
    "hokkaido_question_sets",
    "hokkaido_succession_kinds",
]


def hokkaido_next_working_day(day: date) -> date:
    """Return the day itself when the offices work on it, else the first one after it on which they do."""
    return next_working_day(day)


def hokkaido_question_sets() -> list[tuple[str, str]]:
    """Return code and name of every question set."""
    return [(one.value, tk.h.hokkaido_wording(one.wording)) for one in QuestionSet]


def hokkaido_duties() -> list[tuple[str, str]]:
    """Return code and name of every duty."""
    return [(one.value, tk.h.hokkaido_wording(one.wording)) for one in Duty]


def hokkaido_succession_kinds() -> list[tuple[str, str]]:
    """Return code and name of everything that can become of units."""
    return [(one.value, tk.h.hokkaido_wording(one.wording)) for one in SuccessionKind]


def hokkaido_bureaus_of(units: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bureaus in whose areas municipalities of a list lie, as `{code, label, count}`."""
    count = Counter(unit["bureau"] for unit in units if unit["bureau"])
    japanese = not tk.h.lang().startswith("en")
    return [
        {"code": item.code, "label": item.ja if japanese else item.en, "count": count[item.code]}
        for item in vocabulary("bureaus").items
        if count[item.code]
    ]


def hokkaido_people_units() -> list[dict[str, str]]:
    """Return the organisations whose people the reader may look after, for choosing one."""
    if tk.h.check_access("hokkaido_unit_list"):
        return tk.get_action("hokkaido_unit_list")({}, {})
    found = tk.get_action("organization_list_for_user")({}, {"permission": "admin"})
    return sorted(({"name": one["name"], "title": one["title"]} for one in found), key=lambda one: one["title"])
