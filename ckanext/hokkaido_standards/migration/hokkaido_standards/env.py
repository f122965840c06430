"""Run the migrations of this plugin against the database of the portal."""

from __future__ import annotations

from ckanext.hokkaido_core.shared import migrate

migrate("hokkaido_standards")
