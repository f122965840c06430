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
from ckanext.hokkaido_inventory.helpers.review import hokkaido_answered, hokkaido_remarked, hokkaido_tally

__all__ = [
    "hokkaido_answered",
    "hokkaido_badge",
    "hokkaido_choices",
    "hokkaido_date",
    "hokkaido_days_left",
    "hokkaido_fiscal_year",
    "hokkaido_moment",
    "hokkaido_questions",
    "hokkaido_remarked",
    "hokkaido_steps",
    "hokkaido_tally",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_wording",
]
