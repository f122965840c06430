"""The files of a whole dump, how they are described (VoID), and how statements are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, Term
from ckanext.hokkaido_dcat.domain.writers import EXTENSIONS, FAMILIES

__all__ = ["CHECKSUMS", "DESCRIPTION", "FILES", "Described", "Tally", "describe_void"]

CHECKSUMS = "dump.sha256"
DESCRIPTION = "void.ttl"

#: Name of a file -> content type. A compressed file is one: no `Content-Encoding`, so that it is saved as it is.
FILES: dict[str, str] = {
    **{f"dump.{family}": EXTENSIONS[family][1] for family in FAMILIES},
    **{f"dump.{family}.gz": "application/gzip" for family in FAMILIES},
    CHECKSUMS: "text/plain; charset=utf-8",
    DESCRIPTION: EXTENSIONS["ttl"][1],
}

_INTEGER = PREFIXES["xsd"] + "integer"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
#: Names of the formats at W3C.
_FEATURES = {"ttl": "Turtle", "xml": "RDF_XML", "jsonld": "JSON-LD", "nt": "N-Triples"}
#: What the catalogue says of itself and the dump says too.
_SHARED = ("dct:title", "dct:description", "dct:publisher", "dct:license", "dct:issued", "foaf:homepage")


@dataclass(frozen=True, slots=True)
class Described:
    """What a description of a dump consists of.

    :ivar address: of the description itself, absolute.
    :ivar files: absolute addresses of the files.
    :ivar datasets: how many datasets the dump holds.
    :ivar triples: how many different statements the dump holds.
    :ivar modified: time of the last change in the dump, ISO 8601 with offset; None for an empty feed.
    :ivar standard: IRI of the profile.
    """

    address: str
    files: tuple[str, ...]
    datasets: int
    triples: int
    modified: str | None
    standard: str


def describe_void(described: Described, catalog: Graph, base: str) -> Graph:
    """Return the VoID description of a dump.

    :param catalog: what the feed says of the catalogue; title, publisher and licence are taken from there.
    :param base: IRI of the catalogue.

    Source: Describing Linked Datasets with the VoID Vocabulary, sections 2 and 3.
    """
    graph = Graph()
    document, dump = Iri(described.address), Iri(described.address + "#dump")
    graph.add(document, RDF_TYPE, Iri(_VOID + "DatasetDescription"))
    graph.add(document, expand("foaf:primaryTopic"), dump)
    graph.add(dump, RDF_TYPE, Iri(_VOID + "Dataset"))
    graph.add(dump, expand("dct:source"), Iri(base))
    graph.add(dump, expand("dct:conformsTo"), Iri(described.standard))
    for name, values in _facts(described, base).items():
        for value in values:
            graph.add(dump, Iri(_VOID + name), value)
    if described.modified:
        graph.add(dump, expand("dct:modified"), Literal(described.modified, "", PREFIXES["xsd"] + "dateTime"))
    shared = {expand(name) for name in _SHARED}
    for triple in catalog:
        if triple.subject == Iri(base) and triple.predicate in shared:
            graph.add(dump, triple.predicate, triple.object)
    return graph


def _facts(described: Described, base: str) -> dict[str, list[Term]]:
    """Return the values of VoID's own properties."""
    return {
        "dataDump": [Iri(address) for address in described.files],
        "feature": [Iri(_FORMATS + _FEATURES[family]) for family in FAMILIES if family in _FEATURES],
        "vocabulary": [Iri(PREFIXES[prefix]) for prefix in ("dcat", "dct", "foaf", "skos", "vcard")],
        "triples": [Literal(str(described.triples), "", _INTEGER)],
        "entities": [Literal(str(described.datasets), "", _INTEGER)],
        "uriSpace": [Literal(f"{base}/dataset/")],
    }


@dataclass(slots=True)
class Tally:
    """Counts different statements while N-Triples pass by.

    What is said of a dataset's own nodes is said in its fragment only; what many say (publishers, themes, licences) is
    remembered, and that does not grow with the number of datasets.

    :ivar base: IRI of the catalogue.
    """

    base: str
    total: int = 0
    _seen: set[str] = field(default_factory=set)

    def own(self, number: int) -> None:
        """Count statements that nobody else makes."""
        self.total += number

    def fragment(self, text: str, dataset_id: str = "") -> None:
        """Count the statements of a fragment, one a line, given the dataset that it belongs to."""
        own = f"<{self.base}/dataset/{dataset_id}" if dataset_id else "\n"
        lines = text.split("\n")[:-1]
        shared = [line for line in lines if not line.startswith(own)]
        self.own(len(lines) - len(shared))
        self._count(shared)

    def _count(self, lines: Iterable[str]) -> None:
        for line in lines:
            if line not in self._seen:
                self._seen.add(line)
                self.total += 1
