"""What a graph says, by node, and where in the dataset each node comes from."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Term

__all__ = ["Nodes", "places"]

_PUBLISHER = expand("dct:publisher")


class Nodes:
    """The statements of a graph by subject and property."""

    def __init__(self, graph: Graph) -> None:
        self._said: dict[Iri, dict[Iri, list[Term]]] = {}
        for subject, statements in graph.statements():
            said = self._said.setdefault(subject, {})
            for predicate, value in statements:
                said.setdefault(predicate, []).append(value)

    def values(self, subject: Iri, predicate: Iri) -> list[Term]:
        """Return what is said of a node under a property."""
        return self._said.get(subject, {}).get(predicate, [])

    def is_a(self, subject: Iri, kind: Iri) -> bool:
        """Tell whether a node is of a class."""
        return kind in self.values(subject, RDF_TYPE)


def places(base: str, dataset: dict[str, Any], nodes: Nodes) -> dict[Iri, str]:
    """Return the nodes that a person can complete, each with what the path of its fields begins with."""
    name = f"{base}/dataset/{quote(str(dataset['id']), safe='')}"
    found = {Iri(name): "", Iri(f"{name}#record"): ""}
    for number, resource in enumerate(as_list(dataset.get("resources") or []), 1):
        found[Iri(f"{name}/resource/{quote(str(resource['id']), safe='')}")] = f"resources/{number}/"
    # The publisher of a series belongs to that series.
    for publisher in nodes.values(Iri(name), _PUBLISHER):
        found[Iri(publisher.value)] = "organization/"
    return found
