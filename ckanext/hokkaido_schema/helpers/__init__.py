"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_schema.helpers.fields import (
    hokkaido_date_label,
    hokkaido_filled_fields,
    hokkaido_vocabulary_choices,
    hokkaido_vocabulary_label,
)
from ckanext.hokkaido_schema.helpers.form import (
    hokkaido_approval,
    hokkaido_edition_label,
    hokkaido_group_label,
    hokkaido_problems,
    hokkaido_resource_fields,
    hokkaido_value_kind,
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

__all__ = [
    "hokkaido_approval",
    "hokkaido_date_label",
    "hokkaido_edition_label",
    "hokkaido_filled_fields",
    "hokkaido_group_label",
    "hokkaido_organization_place",
    "hokkaido_package",
    "hokkaido_parent_choices",
    "hokkaido_problems",
    "hokkaido_resource_fields",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "hokkaido_value_kind",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
    "humanize_entity_type",
]
