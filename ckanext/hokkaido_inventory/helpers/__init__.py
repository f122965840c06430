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
from ckanext.hokkaido_inventory.helpers.grid import (
    hokkaido_answer_label,
    hokkaido_asked,
    hokkaido_grid_columns,
    hokkaido_grid_texts,
    hokkaido_labels,
)
from ckanext.hokkaido_inventory.helpers.intake import (
    hokkaido_confidence,
    hokkaido_doubtful_columns,
    hokkaido_mapping_fields,
    hokkaido_workbook_kind,
)
from ckanext.hokkaido_inventory.helpers.inventory import (
    hokkaido_facet_titles,
    hokkaido_inventory_url,
    hokkaido_withdrawal_reasons,
)
from ckanext.hokkaido_inventory.helpers.looks import (
    hokkaido_badge,
    hokkaido_choices,
    hokkaido_days_left,
    hokkaido_fiscal_year,
    hokkaido_questions,
    hokkaido_steps,
    hokkaido_today,
    hokkaido_todo,
    hokkaido_unit_forest,
    hokkaido_wording,
)
from ckanext.hokkaido_inventory.helpers.review import hokkaido_answered, hokkaido_remarked, hokkaido_tally
from ckanext.hokkaido_inventory.helpers.rounds import (
    hokkaido_bureaus_of,
    hokkaido_duties,
    hokkaido_next_working_day,
    hokkaido_people_units,
    hokkaido_question_sets,
    hokkaido_succession_kinds,
)

__all__ = [
    "hokkaido_answer_label",
    "hokkaido_answered",
    "hokkaido_asked",
    "hokkaido_badge",
    "hokkaido_board_columns",
    "hokkaido_board_link",
    "hokkaido_board_page",
    "hokkaido_board_states",
    "hokkaido_bureaus",
    "hokkaido_bureaus_of",
    "hokkaido_choices",
    "hokkaido_confidence",
    "hokkaido_day_and_time",
    "hokkaido_days_left",
    "hokkaido_doubtful_columns",
    "hokkaido_duties",
    "hokkaido_facet_titles",
    "hokkaido_fiscal_year",
    "hokkaido_grid_columns",
    "hokkaido_grid_texts",
    "hokkaido_inventory_url",
    "hokkaido_labels",
    "hokkaido_mapping_fields",
    "hokkaido_next_working_day",
    "hokkaido_people_units",
    "hokkaido_percent",
    "hokkaido_question_sets",
    "hokkaido_questions",
    "hokkaido_remarked",
    "hokkaido_state_looks",
    "hokkaido_steps",
    "hokkaido_succession_kinds",
    "hokkaido_tally",
    "hokkaido_today",
    "hokkaido_todo",
    "hokkaido_unit_forest",
    "hokkaido_withdrawal_reasons",
    "hokkaido_wording",
    "hokkaido_workbook_kind",
]
