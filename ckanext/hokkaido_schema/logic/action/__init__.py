"""Actions of the metadata schema."""

from __future__ import annotations

from ckanext.hokkaido_schema.logic.action.difference import hokkaido_dataset_difference_show
from ckanext.hokkaido_schema.logic.action.membership import member_create, member_delete
from ckanext.hokkaido_schema.logic.action.organization import (
    hokkaido_organization_tree_list,
    hokkaido_vocabulary_show,
)
from ckanext.hokkaido_schema.logic.action.reading import hokkaido_resource_conversion_show, hokkaido_resource_preview

__all__ = [
    "hokkaido_dataset_difference_show",
    "hokkaido_organization_tree_list",
    "hokkaido_resource_conversion_show",
    "hokkaido_resource_preview",
    "hokkaido_vocabulary_show",
    "member_create",
    "member_delete",
]
