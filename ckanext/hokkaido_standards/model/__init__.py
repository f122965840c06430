"""Tables of the standard data sets."""

from __future__ import annotations

from ckanext.hokkaido_standards.model.check import ResourceCheck
from ckanext.hokkaido_standards.model.combined import CombinedPart
from ckanext.hokkaido_standards.model.definition import LoadedDefinition
from ckanext.hokkaido_standards.model.linked import LinkedFile

__all__ = ["CombinedPart", "LinkedFile", "LoadedDefinition", "ResourceCheck"]
