"""What the pages of the standard data sets call, one file a subject."""

from __future__ import annotations

from ckanext.hokkaido_standards.helpers.combined import (
    hokkaido_combined_columns,
    hokkaido_combined_file_reason,
    hokkaido_combined_reason,
    hokkaido_combined_reason_name,
    hokkaido_coverage_state,
)
from ckanext.hokkaido_standards.helpers.standard import (
    hokkaido_standard_form,
    hokkaido_standard_obligation,
    hokkaido_standard_proof,
    hokkaido_standard_words,
)
from ckanext.hokkaido_standards.helpers.table import (
    hokkaido_table_badge,
    hokkaido_table_dialect,
    hokkaido_table_digest,
    hokkaido_table_encoding,
    hokkaido_table_groups,
    hokkaido_table_site,
    hokkaido_table_standing,
    hokkaido_table_stars,
    hokkaido_table_state,
    hokkaido_table_weight,
)

__all__ = [
    "hokkaido_combined_columns",
    "hokkaido_combined_file_reason",
    "hokkaido_combined_reason",
    "hokkaido_combined_reason_name",
    "hokkaido_coverage_state",
    "hokkaido_standard_form",
    "hokkaido_standard_obligation",
    "hokkaido_standard_proof",
    "hokkaido_standard_words",
    "hokkaido_table_badge",
    "hokkaido_table_dialect",
    "hokkaido_table_digest",
    "hokkaido_table_encoding",
    "hokkaido_table_groups",
    "hokkaido_table_site",
    "hokkaido_table_standing",
    "hokkaido_table_stars",
    "hokkaido_table_state",
    "hokkaido_table_weight",
]
