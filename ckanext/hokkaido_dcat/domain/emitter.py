"""Walks a mapping table over a dictionary and states what it finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain import iris
from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.mapping import Entry, Lookup, Mapping, Rule, Table
from ckanext.hokkaido_dcat.domain.names import RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, clean_text

__all__ = ["Emitter", "Node", "Writer", "as_list"]


@dataclass(frozen=True, slots=True)
class Node:
    """What is being described: its name, its source, and where in the dataset that source stands."""

    iri: Iri
    source: dict[str, Any]
    path: str = ""


@dataclass(slots=True)
class Emitter:
    """State of writing one dataset or one catalogue.

    :ivar base: IRI of the catalogue, without a slash at its end.
    :ivar lookup: reads the vocabularies.
    :ivar writers: kind of a rule -> function that states its value.
    """

    base: str
    mapping: Mapping
    lookup: Lookup
    writers: dict[str, Writer]
    graph: Graph = field(default_factory=Graph)

    def describe(self, node: Node, table: Table) -> None:
        """State everything that a table knows about a node."""
        for short in table.types:
            self.state(node.iri, RDF_TYPE, expand(short))
        for rule in table.rules:
            value = next(
                (found for name in (rule.field, rule.otherwise) if name and not empty(found := node.source.get(name))),
                rule.default,
            )
            if not empty(value):
                self.writers[rule.kind](self, node, rule, value)

    def state(self, subject: Iri, predicate: str | Iri, value: Iri | Literal) -> None:
        """State one triple; a property may be given by its short name."""
        self.graph.add(subject, expand(predicate) if isinstance(predicate, str) else predicate, value)

    def text(self, subject: Iri, predicate: str, value: object, language: str = "") -> None:
        """State a text, unless nothing is left of it."""
        cleaned = clean_text(str(value))
        if cleaned:
            self.state(subject, predicate, Literal(cleaned, language))

    def labels(self, subject: Iri, predicate: str, entry: Entry) -> None:
        """State the Japanese and the English label of a vocabulary's entry."""
        self.text(subject, predicate, entry.ja, "ja")
        self.text(subject, predicate, entry.en, "en")

    def address(self, node: Node, name: str, value: object) -> Iri | None:
        """Return a typed address as an IRI; report one that was repaired or refused."""
        original = str(value)
        repaired = iris.repair(original)
        if repaired is None:
            self.report(node, name, Fault.ILLEGAL_IRI, original)
            return None
        if repaired != original:
            self.report(node, name, Fault.REPAIRED_IRI, original)
        return Iri(repaired)

    def own(self, suffix: str) -> Iri:
        """Return an IRI under the catalogue's own."""
        return Iri(self.base + suffix)

    def named(self, kind: str, identifier: str) -> Iri:
        """Return the IRI that ckanext-dcat gives to a dataset or an organisation."""
        return self.own(f"/{kind}/{quote(str(identifier), safe='')}")

    def report(self, node: Node, name: str, fault: Fault, value: object = "") -> None:
        """Note what could not be written as it is."""
        self.graph.report(f"{node.path}{name}", fault, value)


Writer = Callable[[Emitter, Node, Rule, Any], None]


def empty(value: object) -> bool:
    """Tell whether there is nothing to write."""
    return value is None or value in ("", [], {})


def as_list(value: Any) -> list[Any]:
    """Return the values of a field that may hold one, several, or several as JSON text (as CKAN stores them)."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [value]
    if isinstance(value, dict):
        return [value]
    return [item for item in value if not empty(item)]
