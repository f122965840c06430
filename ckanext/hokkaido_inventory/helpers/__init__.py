"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_inventory.helpers.board import (
    hokkaido_board_columns,
    hokkaido_board_link,
    hokkaido_board_page,
    hokkaido_board_states,
    hokkaido_bureaus,
    hokkaido_day_and_time,
    hokkaido_percent,
    hokkaido_state_looks,
)
from ckanext.hokkaido_inventory.helpers.intake import (
    hokkaido_confidence,
    hokkaido_mapping_fields,
    hokkaido_workbook_kind,
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
    "hokkaido_board_columns",
    "hokkaido_board_link",
    "hokkaido_board_page",
    "hokkaido_board_states",
    "hokkaido_bureaus",
    "hokkaido_choices",
    "hokkaido_confidence",
    "hokkaido_date",
    "hokkaido_day_and_time",
    "hokkaido_days_left",
    "hokkaido_fiscal_year",
    "hokkaido_mapping_fields",
    "hokkaido_moment",
    "hokkaido_percent",
    "hokkaido_questions",
    "hokkaido_state_looks",
    "hokkaido_steps",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_wording",
    "hokkaido_workbook_kind",
]
