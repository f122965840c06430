"""Commands of the standard data sets, one file a group; importing them hangs them below `ckan hokkaido`."""

from __future__ import annotations

from ckanext.hokkaido_standards.cli import combined, linked, repair, standard, table

__all__: list[str] = []


GROUPS = (combined, standard, table, repair, linked)
