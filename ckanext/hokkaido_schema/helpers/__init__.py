"""Helpers of the templates, one file a subject; what stands here is what templates may call."""

from __future__ import annotations

from ckanext.hokkaido_schema.helpers.access import hokkaido_may_have_files
from ckanext.hokkaido_schema.helpers.editions import hokkaido_editions
from ckanext.hokkaido_schema.helpers.exchange import (
    hokkaido_exchange_field,
    hokkaido_exchange_licence,
    hokkaido_exchange_outcome,
    hokkaido_exchange_value,
    hokkaido_may_exchange,
)
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
from ckanext.hokkaido_schema.helpers.home import hokkaido_overview
from ckanext.hokkaido_schema.helpers.organization import (
    hokkaido_organization_directory,
    hokkaido_organization_facts,
    hokkaido_organization_place,
    hokkaido_parent_choices,
)
from ckanext.hokkaido_schema.helpers.reading import (
    hokkaido_columns,
    hokkaido_name_conflict,
    hokkaido_not_shown,
    hokkaido_places_list,
    hokkaido_points_map,
    hokkaido_resource_preview,
)
from ckanext.hokkaido_schema.helpers.search import hokkaido_facet_value, hokkaido_search_help
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
from ckanext.hokkaido_schema.helpers.use import hokkaido_citation, hokkaido_code_samples, hokkaido_licence

__all__ = [
    "hokkaido_approval",
    "hokkaido_broken_links",
    "hokkaido_citation",
    "hokkaido_code_samples",
    "hokkaido_columns",
    "hokkaido_dataset_state",
    "hokkaido_date_label",
    "hokkaido_edition_label",
    "hokkaido_editions",
    "hokkaido_exchange_field",
    "hokkaido_exchange_licence",
    "hokkaido_exchange_outcome",
    "hokkaido_exchange_value",
    "hokkaido_facet_value",
    "hokkaido_filled_fields",
    "hokkaido_group_label",
    "hokkaido_licence",
    "hokkaido_link_looks",
    "hokkaido_link_reason",
    "hokkaido_may_exchange",
    "hokkaido_may_have_files",
    "hokkaido_name_conflict",
    "hokkaido_not_shown",
    "hokkaido_organization_directory",
    "hokkaido_organization_facts",
    "hokkaido_organization_history",
    "hokkaido_organization_place",
    "hokkaido_overview",
    "hokkaido_package",
    "hokkaido_parent_choices",
    "hokkaido_places_list",
    "hokkaido_points_map",
    "hokkaido_problems",
    "hokkaido_resource_fields",
    "hokkaido_resource_preview",
    "hokkaido_role_label",
    "hokkaido_search_help",
    "hokkaido_series_choices",
    "hokkaido_series_members",
    "hokkaido_series_of_organization",
    "hokkaido_short_moment",
    "hokkaido_successor",
    "hokkaido_upkeep_kinds",
    "hokkaido_value_kind",
    "hokkaido_vocabulary_choices",
    "hokkaido_vocabulary_label",
    "humanize_entity_type",
]
