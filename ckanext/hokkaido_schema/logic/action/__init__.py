"""Actions of the metadata schema."""

from __future__ import annotations

from ckanext.hokkaido_schema.logic.action.membership import member_create, member_delete
from ckanext.hokkaido_schema.logic.action.organization import (
    hokkaido_organization_tree_list,
    hokkaido_vocabulary_show,
    organization_create,
    organization_update,
)
from ckanext.hokkaido_schema.logic.action.resource import resource_search

__all__ = [
    "hokkaido_organization_tree_list",
    "hokkaido_vocabulary_show",
    "member_create",
    "member_delete",
    "organization_create",
    "organization_update",
    "resource_search",
]
