"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_schema.helpers.fields import (
    hokkaido_date_label,
    hokkaido_filled_fields,
    hokkaido_vocabulary_choices,
    hokkaido_vocabulary_label,
)
from ckanext.hokkaido_schema.helpers.organization import (
    hokkaido_organization_place,
    hokkaido_parent_choices,
)
from ckanext.hokkaido_schema.helpers.series import (
    hokkaido_package,
    hokkaido_series_choices,
    hokkaido_series_members,
    hokkaido_series_of_organization,
    humanize_entity_type,
)
from ckanext.hokkaido_schema.helpers.upkeep import (
    hokkaido_broken_links,
    hokkaido_dataset_state,
    hokkaido_link_looks,
    hokkaido_link_reason,
    hokkaido_organization_history,
    hokkaido_role_label,
    hokkaido_short_moment,
    hokkaido_successor,
    hokkaido_upkeep_kinds,
)

__all__ = [
    "hokkaido_broken_links",
    "hokkaido_dataset_state",
    "hokkaido_date_label",
    "hokkaido_filled_fields",
    "hokkaido_link_looks",
    "hokkaido_link_reason",
    "hokkaido_organization_history",
    "hokkaido_organization_place",
    "hokkaido_package",
    "hokkaido_parent_choices",
    "hokkaido_role_label",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "hokkaido_short_moment",
    "hokkaido_successor",
    "hokkaido_upkeep_kinds",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
    "humanize_entity_type",
]
