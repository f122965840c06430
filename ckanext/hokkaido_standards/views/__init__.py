"""Pages of the standard data sets."""

from __future__ import annotations

from ckanext.hokkaido_standards.views.combined import combined
from ckanext.hokkaido_standards.views.combined_record import combined_record
from ckanext.hokkaido_standards.views.coverage import coverage
from ckanext.hokkaido_standards.views.standard import standard
from ckanext.hokkaido_standards.views.stored_repair import repair as _repair  # noqa: F401  A page of `stored_table`.
from ckanext.hokkaido_standards.views.stored_table import stored_table
from ckanext.hokkaido_standards.views.table import table

__all__ = ["combined", "combined_record", "coverage", "standard", "stored_table", "table"]
