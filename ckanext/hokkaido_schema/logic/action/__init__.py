"""Actions of the metadata schema."""

from __future__ import annotations

from ckanext.hokkaido_schema.logic.action.dataset_exchange import (
    hokkaido_dataset_export,
    hokkaido_dataset_import,
)
from ckanext.hokkaido_schema.logic.action.exchange import (
    hokkaido_dataset_bulk_change,
    hokkaido_exchange_confirm,
    hokkaido_exchange_create,
    hokkaido_exchange_drop,
    hokkaido_exchange_list,
    hokkaido_exchange_show,
    hokkaido_exchange_undo,
)
from ckanext.hokkaido_schema.logic.action.membership import member_create, member_delete
from ckanext.hokkaido_schema.logic.action.organization import (
    hokkaido_organization_tree_list,
    hokkaido_vocabulary_show,
)

__all__ = [
    "hokkaido_dataset_bulk_change",
    "hokkaido_dataset_export",
    "hokkaido_dataset_import",
    "hokkaido_exchange_confirm",
    "hokkaido_exchange_create",
    "hokkaido_exchange_drop",
    "hokkaido_exchange_list",
    "hokkaido_exchange_show",
    "hokkaido_exchange_undo",
    "hokkaido_organization_tree_list",
    "hokkaido_vocabulary_show",
    "member_create",
    "member_delete",
]
