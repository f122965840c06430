"""Commands of the standard data sets; importing them hangs them below `ckan hokkaido`."""

from __future__ import annotations

from ckanext.hokkaido_standards.cli import standard

__all__: list[str] = []


GROUPS = (standard,)
