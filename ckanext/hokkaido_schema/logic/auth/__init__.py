"""Who may do what with the metadata of datasets and organisations."""

from __future__ import annotations

from ckanext.hokkaido_schema.logic.auth.dataset import (
    hokkaido_approval_ask,
    hokkaido_approval_decide,
    hokkaido_approval_show,
    hokkaido_dataset_copy,
    hokkaido_dataset_publish,
    hokkaido_dataset_save,
    hokkaido_draft_copy_delete,
    hokkaido_draft_copy_show,
    hokkaido_draft_copy_update,
    hokkaido_draft_create,
    hokkaido_draft_file_add,
    hokkaido_draft_list,
    hokkaido_edition_create,
)
from ckanext.hokkaido_schema.logic.auth.lists import hokkaido_organization_tree_list, hokkaido_vocabulary_show

__all__ = [
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
]
