"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_inventory.helpers.inventory import (
    hokkaido_facet_titles,
    hokkaido_inventory_url,
    hokkaido_withdrawal_reasons,
)
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

__all__ = [
    "hokkaido_badge",
    "hokkaido_choices",
    "hokkaido_date",
    "hokkaido_days_left",
    "hokkaido_facet_titles",
    "hokkaido_fiscal_year",
    "hokkaido_inventory_url",
    "hokkaido_moment",
    "hokkaido_questions",
    "hokkaido_steps",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_withdrawal_reasons",
    "hokkaido_wording",
]
