"""Actions of the metadata schema."""

from __future__ import annotations

from ckanext.hokkaido_schema.logic.action.approval import (
    bulk_update_public,
    hokkaido_approval_ask,
    hokkaido_approval_decide,
    hokkaido_approval_show,
)
from ckanext.hokkaido_schema.logic.action.dataset import hokkaido_dataset_publish, hokkaido_dataset_save
from ckanext.hokkaido_schema.logic.action.draft import (
    hokkaido_draft_create,
    hokkaido_draft_file_add,
    hokkaido_draft_list,
)
from ckanext.hokkaido_schema.logic.action.draft_copy import (
    hokkaido_draft_copy_delete,
    hokkaido_draft_copy_show,
    hokkaido_draft_copy_update,
)
from ckanext.hokkaido_schema.logic.action.edition import hokkaido_dataset_copy, hokkaido_edition_create
from ckanext.hokkaido_schema.logic.action.membership import member_create, member_delete
from ckanext.hokkaido_schema.logic.action.organization import (
    hokkaido_organization_tree_list,
    hokkaido_vocabulary_show,
)

__all__ = [
    "bulk_update_public",
    "hokkaido_approval_ask",
    "hokkaido_approval_decide",
    "hokkaido_approval_show",
    "hokkaido_dataset_copy",
    "hokkaido_dataset_publish",
    "hokkaido_dataset_save",
    "hokkaido_draft_copy_delete",
    "hokkaido_draft_copy_show",
    "hokkaido_draft_copy_update",
    "hokkaido_draft_create",
    "hokkaido_draft_file_add",
    "hokkaido_draft_list",
    "hokkaido_edition_create",
    "hokkaido_organization_tree_list",
    "hokkaido_vocabulary_show",
    "member_create",
    "member_delete",
]
