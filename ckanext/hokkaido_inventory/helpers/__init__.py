"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_inventory.helpers.looks import (
    hokkaido_badge,
    hokkaido_choices,
    hokkaido_date,
    hokkaido_days_left,
    hokkaido_fiscal_year,
    hokkaido_moment,
    hokkaido_questions,
    hokkaido_steps,
    hokkaido_today,
    hokkaido_todo,
    hokkaido_unit_forest,
    hokkaido_wording,
)
from ckanext.hokkaido_inventory.helpers.rounds import (
    hokkaido_bureaus_of,
    hokkaido_duties,
    hokkaido_next_working_day,
    hokkaido_people_units,
    hokkaido_question_sets,
    hokkaido_succession_kinds,
)

__all__ = [
    "hokkaido_badge",
    "hokkaido_bureaus_of",
    "hokkaido_choices",
    "hokkaido_date",
    "hokkaido_days_left",
    "hokkaido_duties",
    "hokkaido_fiscal_year",
    "hokkaido_moment",
    "hokkaido_next_working_day",
    "hokkaido_people_units",
    "hokkaido_question_sets",
    "hokkaido_questions",
    "hokkaido_steps",
    "hokkaido_succession_kinds",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_wording",
]
