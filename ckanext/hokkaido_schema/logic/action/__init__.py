"""Actions of the metadata schema."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p

from ckanext.hokkaido_schema.logic.action import activity
from ckanext.hokkaido_schema.logic.action.approval import (
    bulk_update_public,
    hokkaido_approval_ask,
    hokkaido_approval_decide,
    hokkaido_approval_show,
    hokkaido_approval_withdraw,
)
from ckanext.hokkaido_schema.logic.action.dataset import hokkaido_dataset_publish, hokkaido_dataset_save
from ckanext.hokkaido_schema.logic.action.dataset_exchange import hokkaido_dataset_export, hokkaido_dataset_import
from ckanext.hokkaido_schema.logic.action.difference import hokkaido_dataset_difference_show
from ckanext.hokkaido_schema.logic.action.draft import (
    hokkaido_draft_create,
    hokkaido_draft_file_add,
    hokkaido_draft_list,
)
from ckanext.hokkaido_schema.logic.action.draft_copy import (
    hokkaido_draft_copy_delete,
    hokkaido_draft_copy_preview,
    hokkaido_draft_copy_show,
    hokkaido_draft_copy_update,
)
from ckanext.hokkaido_schema.logic.action.edition import hokkaido_dataset_copy, hokkaido_edition_create
from ckanext.hokkaido_schema.logic.action.exchange import (
    hokkaido_dataset_bulk_change,
    hokkaido_exchange_confirm,
    hokkaido_exchange_create,
    hokkaido_exchange_drop,
    hokkaido_exchange_list,
    hokkaido_exchange_show,
    hokkaido_exchange_undo,
)
from ckanext.hokkaido_schema.logic.action.handover import hokkaido_handover_show, hokkaido_handover_update
from ckanext.hokkaido_schema.logic.action.link import hokkaido_link_check, hokkaido_link_list, hokkaido_link_update
from ckanext.hokkaido_schema.logic.action.membership import (
    member_create,
    member_delete,
    organization_list_for_user,
)
from ckanext.hokkaido_schema.logic.action.organization import (
    hokkaido_organization_tree_list,
    hokkaido_vocabulary_show,
    organization_create,
    organization_show,
    organization_update,
)
from ckanext.hokkaido_schema.logic.action.reading import hokkaido_resource_conversion_show, hokkaido_resource_preview
from ckanext.hokkaido_schema.logic.action.reorganization import (
    hokkaido_organization_merge,
    hokkaido_organization_rename,
)
from ckanext.hokkaido_schema.logic.action.resource import resource_search
from ckanext.hokkaido_schema.logic.action.upkeep import hokkaido_upkeep_list

__all__ = [
    "bulk_update_public",
    "hokkaido_approval_ask",
    "hokkaido_approval_decide",
    "hokkaido_approval_show",
    "hokkaido_approval_withdraw",
    "hokkaido_dataset_bulk_change",
    "hokkaido_dataset_copy",
    "hokkaido_dataset_difference_show",
    "hokkaido_dataset_export",
    "hokkaido_dataset_import",
    "hokkaido_dataset_publish",
    "hokkaido_dataset_save",
    "hokkaido_draft_copy_delete",
    "hokkaido_draft_copy_preview",
    "hokkaido_draft_copy_show",
    "hokkaido_draft_copy_update",
    "hokkaido_draft_create",
    "hokkaido_draft_file_add",
    "hokkaido_draft_list",
    "hokkaido_edition_create",
    "hokkaido_exchange_confirm",
    "hokkaido_exchange_create",
    "hokkaido_exchange_drop",
    "hokkaido_exchange_list",
    "hokkaido_exchange_show",
    "hokkaido_exchange_undo",
    "hokkaido_handover_show",
    "hokkaido_handover_update",
    "hokkaido_link_check",
    "hokkaido_link_list",
    "hokkaido_link_update",
    "hokkaido_organization_merge",
    "hokkaido_organization_rename",
    "hokkaido_organization_tree_list",
    "hokkaido_resource_conversion_show",
    "hokkaido_resource_preview",
    "hokkaido_upkeep_list",
    "hokkaido_vocabulary_show",
    "member_create",
    "member_delete",
    "organization_create",
    "organization_list_for_user",
    "organization_show",
    "organization_update",
    "resource_search",
]


def functions() -> dict[str, Any]:
    """Return the actions by name; those of the activity stream where the portal has one."""
    found = {name: globals()[name] for name in __all__}
    if p.plugin_loaded("activity"):
        found |= {name: getattr(activity, name) for name in activity.__all__}
    return found
