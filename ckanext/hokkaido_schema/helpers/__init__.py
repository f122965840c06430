"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_schema.helpers.editions import hokkaido_editions
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
from ckanext.hokkaido_schema.helpers.reading import (
    hokkaido_columns,
    hokkaido_name_conflict,
    hokkaido_not_shown,
    hokkaido_points_map,
    hokkaido_resource_preview,
)
from ckanext.hokkaido_schema.helpers.series import (
    hokkaido_package,
    hokkaido_series_choices,
    hokkaido_series_members,
    hokkaido_series_of_organization,
    humanize_entity_type,
)
from ckanext.hokkaido_schema.helpers.use import hokkaido_citation, hokkaido_code_samples, hokkaido_licence

__all__ = [
    "hokkaido_citation",
    "hokkaido_code_samples",
    "hokkaido_columns",
    "hokkaido_date_label",
    "hokkaido_editions",
    "hokkaido_filled_fields",
    "hokkaido_licence",
    "hokkaido_name_conflict",
    "hokkaido_not_shown",
    "hokkaido_organization_place",
    "hokkaido_package",
    "hokkaido_parent_choices",
    "hokkaido_points_map",
    "hokkaido_resource_preview",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
    "humanize_entity_type",
]
