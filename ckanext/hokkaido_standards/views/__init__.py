"""Pages of the standard data sets."""

from __future__ import annotations

from ckanext.hokkaido_standards.views.standard import standard
from ckanext.hokkaido_standards.views.stored_table import stored_table
from ckanext.hokkaido_standards.views.table import table

__all__ = ["standard", "stored_table", "table"]
