"""What the other plugins may use of the feed."""

from __future__ import annotations

from ckanext.hokkaido_dcat.contributors import contributor
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal

__all__ = ["Graph", "Iri", "Literal", "contributor", "expand"]
