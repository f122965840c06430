"""Actions of the survey; `docs/inventory-actions.md` shows them on one page.

None of them works on CKAN packages, except that a published holding is promoted to a dataset, and that dataset made
public.
"""

from __future__ import annotations

from ckanext.hokkaido_inventory.logic.action.answer import (
    hokkaido_answer_delete,
    hokkaido_answer_show,
    hokkaido_answer_update,
)
from ckanext.hokkaido_inventory.logic.action.board import (
    hokkaido_board_extend,
    hokkaido_board_show,
    hokkaido_burden_list,
)
from ckanext.hokkaido_inventory.logic.action.burden import hokkaido_burden_create
from ckanext.hokkaido_inventory.logic.action.confirmation import hokkaido_answer_bulk_update, hokkaido_answer_confirm
from ckanext.hokkaido_inventory.logic.action.delegation import (
    hokkaido_delegation_create,
    hokkaido_delegation_list,
    hokkaido_delegation_revoke,
)
from ckanext.hokkaido_inventory.logic.action.holding import (
    hokkaido_dataset_publish,
    hokkaido_holding_list,
    hokkaido_holding_promote,
    hokkaido_holding_promote_many,
    hokkaido_holding_search,
    hokkaido_holding_show,
)
from ckanext.hokkaido_inventory.logic.action.intake import (
    hokkaido_intake_confirm,
    hokkaido_intake_create,
    hokkaido_intake_drop,
    hokkaido_intake_mark,
    hokkaido_intake_show,
    hokkaido_intake_update,
)
from ckanext.hokkaido_inventory.logic.action.inventory import hokkaido_inventory_difference, hokkaido_inventory_reindex
from ckanext.hokkaido_inventory.logic.action.invitation import (
    hokkaido_invitation_accept,
    hokkaido_invitation_create,
    hokkaido_invitation_import,
    hokkaido_invitation_resend,
    hokkaido_invitation_revoke,
    hokkaido_invitation_show,
)
from ckanext.hokkaido_inventory.logic.action.opening import hokkaido_opening_list, hokkaido_opening_update
from ckanext.hokkaido_inventory.logic.action.person import (
    hokkaido_person_list,
    hokkaido_person_remove,
    hokkaido_person_reset,
    hokkaido_person_update,
)
from ckanext.hokkaido_inventory.logic.action.publication import hokkaido_holding_withdraw, hokkaido_survey_publish
from ckanext.hokkaido_inventory.logic.action.reconciliation import hokkaido_inventory_reconcile
from ckanext.hokkaido_inventory.logic.action.reminder import hokkaido_reminder_list, hokkaido_reminder_send
from ckanext.hokkaido_inventory.logic.action.response import (
    hokkaido_response_approve,
    hokkaido_response_extend,
    hokkaido_response_list,
    hokkaido_response_return,
    hokkaido_response_show,
    hokkaido_response_submit,
)
from ckanext.hokkaido_inventory.logic.action.review import (
    hokkaido_review_approve,
    hokkaido_review_list,
    hokkaido_trail_list,
)
from ckanext.hokkaido_inventory.logic.action.round import hokkaido_survey_extend, hokkaido_survey_roll_over
from ckanext.hokkaido_inventory.logic.action.seed import hokkaido_response_seed
from ckanext.hokkaido_inventory.logic.action.similar import (
    hokkaido_holding_similar,
    hokkaido_similar_find,
    hokkaido_similar_list,
)
from ckanext.hokkaido_inventory.logic.action.survey import (
    hokkaido_survey_archive,
    hokkaido_survey_close,
    hokkaido_survey_create,
    hokkaido_survey_list,
    hokkaido_survey_open,
    hokkaido_survey_reopen,
    hokkaido_survey_show,
    hokkaido_survey_update,
    hokkaido_unit_list,
)
from ckanext.hokkaido_inventory.logic.action.transfer import hokkaido_unit_transfer
from ckanext.hokkaido_inventory.logic.action.workbook import hokkaido_workbook_import, hokkaido_workbook_show

__all__ = [
    "hokkaido_answer_bulk_update",
    "hokkaido_answer_confirm",
    "hokkaido_answer_delete",
    "hokkaido_answer_show",
    "hokkaido_answer_update",
    "hokkaido_board_extend",
    "hokkaido_board_show",
    "hokkaido_burden_create",
    "hokkaido_burden_list",
    "hokkaido_dataset_publish",
    "hokkaido_delegation_create",
    "hokkaido_delegation_list",
    "hokkaido_delegation_revoke",
    "hokkaido_holding_list",
    "hokkaido_holding_promote",
    "hokkaido_holding_promote_many",
    "hokkaido_holding_search",
    "hokkaido_holding_show",
    "hokkaido_holding_similar",
    "hokkaido_holding_withdraw",
    "hokkaido_intake_confirm",
    "hokkaido_intake_create",
    "hokkaido_intake_drop",
    "hokkaido_intake_mark",
    "hokkaido_intake_show",
    "hokkaido_intake_update",
    "hokkaido_inventory_difference",
    "hokkaido_inventory_reconcile",
    "hokkaido_inventory_reindex",
    "hokkaido_invitation_accept",
    "hokkaido_invitation_create",
    "hokkaido_invitation_import",
    "hokkaido_invitation_resend",
    "hokkaido_invitation_revoke",
    "hokkaido_invitation_show",
    "hokkaido_opening_list",
    "hokkaido_opening_update",
    "hokkaido_person_list",
    "hokkaido_person_remove",
    "hokkaido_person_reset",
    "hokkaido_person_update",
    "hokkaido_reminder_list",
    "hokkaido_reminder_send",
    "hokkaido_response_approve",
    "hokkaido_response_extend",
    "hokkaido_response_list",
    "hokkaido_response_return",
    "hokkaido_response_seed",
    "hokkaido_response_show",
    "hokkaido_response_submit",
    "hokkaido_review_approve",
    "hokkaido_review_list",
    "hokkaido_similar_find",
    "hokkaido_similar_list",
    "hokkaido_survey_archive",
    "hokkaido_survey_close",
    "hokkaido_survey_create",
    "hokkaido_survey_extend",
    "hokkaido_survey_list",
    "hokkaido_survey_open",
    "hokkaido_survey_publish",
    "hokkaido_survey_reopen",
    "hokkaido_survey_roll_over",
    "hokkaido_survey_show",
    "hokkaido_survey_update",
    "hokkaido_trail_list",
    "hokkaido_unit_list",
    "hokkaido_unit_transfer",
    "hokkaido_workbook_import",
    "hokkaido_workbook_show",
]
