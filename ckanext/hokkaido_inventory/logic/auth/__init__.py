"""Who may call what: every rule looks at stored rows, never at what a request says of itself."""

from __future__ import annotations

from ckanext.hokkaido_inventory.logic.auth.answer import (
    hokkaido_answer_delete,
    hokkaido_answer_show,
    hokkaido_answer_update,
    hokkaido_workbook_import,
    hokkaido_workbook_show,
)
from ckanext.hokkaido_inventory.logic.auth.holding import (
    hokkaido_dataset_publish,
    hokkaido_holding_promote,
    hokkaido_holding_search,
    hokkaido_holding_show,
    hokkaido_inventory_reconcile,
)
from ckanext.hokkaido_inventory.logic.auth.response import (
    hokkaido_response_approve,
    hokkaido_response_extend,
    hokkaido_response_list,
    hokkaido_response_return,
    hokkaido_response_show,
    hokkaido_response_submit,
)
from ckanext.hokkaido_inventory.logic.auth.review import (
    hokkaido_delegation_create,
    hokkaido_delegation_list,
    hokkaido_delegation_revoke,
    hokkaido_reminder_list,
    hokkaido_reminder_send,
    hokkaido_review_approve,
    hokkaido_review_list,
    hokkaido_trail_list,
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
    "hokkaido_dataset_publish",
    "hokkaido_delegation_create",
    "hokkaido_delegation_list",
    "hokkaido_delegation_revoke",
    "hokkaido_holding_promote",
    "hokkaido_holding_search",
    "hokkaido_holding_show",
    "hokkaido_inventory_reconcile",
    "hokkaido_reminder_list",
    "hokkaido_reminder_send",
    "hokkaido_response_approve",
    "hokkaido_response_extend",
    "hokkaido_response_list",
    "hokkaido_response_return",
    "hokkaido_response_show",
    "hokkaido_response_submit",
    "hokkaido_review_approve",
    "hokkaido_review_list",
    "hokkaido_survey_archive",
    "hokkaido_survey_close",
    "hokkaido_survey_create",
    "hokkaido_survey_list",
    "hokkaido_survey_open",
    "hokkaido_survey_publish",
    "hokkaido_survey_reopen",
    "hokkaido_survey_show",
    "hokkaido_survey_update",
    "hokkaido_trail_list",
    "hokkaido_unit_list",
    "hokkaido_workbook_import",
    "hokkaido_workbook_show",
]
