"""Commands of the metadata schema, one file a group; importing them hangs them below `ckan hokkaido`."""

from __future__ import annotations

from ckanext.hokkaido_schema.cli import dataset, sample

#: The commands hang below the group of the core, so that there is nothing of its own for CKAN to register.
__all__: list[str] = []

GROUPS = (dataset, sample)
