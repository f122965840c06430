"""Who may call what: every rule looks at stored rows, never at what a request says of itself."""

from __future__ import annotations

from ckanext.hokkaido_inventory.logic.auth.answer import (
    hokkaido_answer_delete,
    hokkaido_answer_show,
    hokkaido_answer_update,
    hokkaido_workbook_import,
    hokkaido_workbook_show,
)
from ckanext.hokkaido_inventory.logic.auth.board import (
    hokkaido_board_extend,
    hokkaido_board_show,
    hokkaido_burden_list,
)
from ckanext.hokkaido_inventory.logic.auth.holding import (
    hokkaido_dataset_publish,
    hokkaido_holding_promote,
    hokkaido_holding_promote_many,
    hokkaido_holding_search,
    hokkaido_holding_show,
    hokkaido_inventory_reconcile,
)
from ckanext.hokkaido_inventory.logic.auth.intake import (
    hokkaido_intake_confirm,
    hokkaido_intake_create,
    hokkaido_intake_drop,
    hokkaido_intake_show,
    hokkaido_intake_update,
)
from ckanext.hokkaido_inventory.logic.auth.opening import hokkaido_opening_list, hokkaido_opening_update
from ckanext.hokkaido_inventory.logic.auth.response import (
    hokkaido_response_approve,
    hokkaido_response_extend,
    hokkaido_response_list,
    hokkaido_response_return,
    hokkaido_response_show,
    hokkaido_response_submit,
)
from ckanext.hokkaido_inventory.logic.auth.survey import (
    hokkaido_survey_archive,
    hokkaido_survey_close,
    hokkaido_survey_create,
    hokkaido_survey_list,
    hokkaido_survey_open,
    hokkaido_survey_publish,
    hokkaido_survey_reopen,
    hokkaido_survey_show,
    hokkaido_survey_update,
    hokkaido_unit_list,
)

__all__ = [
    "hokkaido_answer_delete",
    "hokkaido_answer_show",
    "hokkaido_answer_update",
    "hokkaido_board_extend",
    "hokkaido_board_show",
    "hokkaido_burden_list",
    "hokkaido_dataset_publish",
    "hokkaido_holding_promote",
    "hokkaido_holding_promote_many",
    "hokkaido_holding_search",
    "hokkaido_holding_show",
    "hokkaido_intake_confirm",
    "hokkaido_intake_create",
    "hokkaido_intake_drop",
    "hokkaido_intake_show",
    "hokkaido_intake_update",
    "hokkaido_inventory_reconcile",
    "hokkaido_opening_list",
    "hokkaido_opening_update",
    "hokkaido_response_approve",
    "hokkaido_response_extend",
    "hokkaido_response_list",
    "hokkaido_response_return",
    "hokkaido_response_show",
    "hokkaido_response_submit",
    "hokkaido_survey_archive",
    "hokkaido_survey_close",
    "hokkaido_survey_create",
    "hokkaido_survey_list",
    "hokkaido_survey_open",
    "hokkaido_survey_publish",
    "hokkaido_survey_reopen",
    "hokkaido_survey_show",
    "hokkaido_survey_update",
    "hokkaido_unit_list",
    "hokkaido_workbook_import",
    "hokkaido_workbook_show",
]
