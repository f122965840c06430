"""Commands of the metadata schema, one file a group; importing them hangs them below `ckan hokkaido`."""

from __future__ import annotations

from ckanext.hokkaido_schema.cli import dataset, link, sample, upkeep

__all__: list[str] = []


GROUPS = (dataset, link, sample, upkeep)
