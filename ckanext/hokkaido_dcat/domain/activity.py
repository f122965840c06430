"""The change stream as a DCAT-AP Feed: an event stream of activities, each with its payload in a graph of its name.

Sources: LDES (W3C TREE community group), TREE hypermedia specification, DCAT-AP Feeds (SEMIC, living draft).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal
from ckanext.hokkaido_dcat.domain.writers import FAMILIES

__all__ = ["TYPES", "Activity", "Link", "describe_page", "describe_root", "json_ld", "trig"]

#: Extension -> content type of a page of the stream.
TYPES: dict[str, str] = {
    "trig": "application/trig; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}

_AS = "https://www.w3.org/ns/activitystreams#"
_TREE = "https://w3id.org/tree#"
_LDES = "https://w3id.org/ldes#"
_PUBLISHED = Iri(_AS + "published")
_VERBS = {"create": "Create", "update": "Update", "delete": "Delete"}


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened to a dataset.

    :ivar kind: `create`, `update` or `delete`.
    :ivar dataset: IRI of the dataset.
    :ivar at: ISO 8601 with offset.
    :ivar payload: what was said of the dataset from then on, None where that is not told (any more).
    """

    iri: Iri
    kind: str
    dataset: Iri
    at: str
    payload: Graph | str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A page that holds the members from a time on.

    :ivar since: ISO 8601 with offset.
    :ivar until: the same, of the next page's beginning; nothing for the page that still grows.
    """

    address: str
    since: str
    until: str = ""


def describe_root(stream: Iri, address: str, links: Sequence[Link]) -> Graph:
    """Return the description of the stream and of its entrance, which leads to every page."""
    graph = _stream(stream)
    graph.add(stream, Iri(_TREE + "view"), Iri(address))
    _node(graph, Iri(address), links)
    return graph


def describe_page(stream: Iri, root: str, address: str, activities: Iterable[Activity]) -> Graph:
    """Return the description of a page with its members.

    It leads to no other page, the entrance does: a client that finds a page on two ways reads it twice, out of order.
    """
    graph = _stream(stream)
    graph.add(stream, Iri(_TREE + "view"), Iri(root))
    _node(graph, Iri(address), [])
    for one in activities:
        graph.add(stream, Iri(_TREE + "member"), one.iri)
        graph.add(one.iri, RDF_TYPE, Iri(_AS + _VERBS[one.kind]))
        graph.add(one.iri, Iri(_AS + "object"), one.dataset)
        graph.add(one.iri, _PUBLISHED, _time(one.at))
    return graph


def trig(described: Graph, activities: Iterable[Activity]) -> str:
    """Write a page in TriG; payloads are Turtle fragments, which stand in their graph as they are."""
    family = FAMILIES["ttl"]
    pieces = [family.fragment(described)]
    for one in activities:
        if one.kind != "delete":
            payload = one.payload if isinstance(one.payload, str) else family.fragment(_bare(one))
            pieces.append(f"<{one.iri.value}> {{\n{payload}}}\n\n")
    return family.document(pieces)


def json_ld(described: Graph, activities: Iterable[Activity]) -> str:
    """Write a page in JSON-LD; payloads are graphs."""
    graphs = [
        json.dumps({"@id": one.iri.value}, ensure_ascii=False)[:-1]
        + ',"@graph":[\n'
        + FAMILIES["jsonld"].fragment(one.payload if isinstance(one.payload, Graph) else _bare(one))
        + "\n]}"
        for one in activities
        if one.kind != "delete"
    ]
    return FAMILIES["jsonld"].document([FAMILIES["jsonld"].fragment(described), *graphs])


def _bare(one: Activity) -> Graph:
    """Return what is left of a payload that was erased: that its object is a dataset."""
    graph = Graph()
    graph.add(one.dataset, RDF_TYPE, expand("dcat:Dataset"))
    return graph


def _stream(stream: Iri) -> Graph:
    graph = Graph()
    graph.add(stream, RDF_TYPE, Iri(_LDES + "EventStream"))
    graph.add(stream, Iri(_LDES + "timestampPath"), _PUBLISHED)
    graph.add(stream, Iri(_LDES + "versionOfPath"), Iri(_AS + "object"))
    graph.add(stream, Iri(_LDES + "versionCreateObject"), Iri(_AS + "Create"))
    graph.add(stream, Iri(_LDES + "versionUpdateObject"), Iri(_AS + "Update"))
    graph.add(stream, Iri(_LDES + "versionDeleteObject"), Iri(_AS + "Delete"))
    return graph


def _node(graph: Graph, node: Iri, links: Iterable[Link]) -> None:
    graph.add(node, RDF_TYPE, Iri(_TREE + "Node"))
    for link in links:
        name = f"{node.value}#to-{link.address.rpartition('/')[2].partition('.')[0]}"
        _relation(graph, node, Iri(name), link.address, "GreaterThanOrEqualToRelation", link.since)
        if link.until:
            _relation(graph, node, Iri(name + "-until"), link.address, "LessThanOrEqualToRelation", link.until)


def _relation(graph: Graph, node: Iri, name: Iri, address: str, kind: str, value: str) -> None:
    graph.add(node, Iri(_TREE + "relation"), name)
    graph.add(name, RDF_TYPE, Iri(_TREE + kind))
    graph.add(name, Iri(_TREE + "node"), Iri(address))
    graph.add(name, Iri(_TREE + "path"), _PUBLISHED)
    graph.add(name, Iri(_TREE + "value"), _time(value))


def _time(value: str) -> Literal:
    return Literal(value, "", PREFIXES["xsd"] + "dateTime")
