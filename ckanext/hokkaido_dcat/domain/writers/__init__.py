"""The formats that a feed is written in.

A fragment is written once and joined with others to a page without being parsed again, so each format offers three
functions: `subject` for what is said of one subject, `join` for the subjects of a dataset, `document` for a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ckanext.hokkaido_dcat.domain.graph import Block, Graph
from ckanext.hokkaido_dcat.domain.terms import Iri, Term
from ckanext.hokkaido_dcat.domain.writers import jsonld, ntriples, rdfxml, turtle

__all__ = ["EXTENSIONS", "FAMILIES", "Family"]


Subject = Callable[[Iri, tuple[tuple[Iri, Term], ...]], str]


@dataclass(frozen=True, slots=True)
class Family:
    """A serialisation.

    :ivar name: what the store calls it.
    :ivar subject: writes the statements about one subject.
    :ivar between: stands between two subjects.
    :ivar document: joins fragments, all of this family, to a complete document.
    """

    name: str
    subject: Subject
    between: str
    document: Callable[[Iterable[str]], str]

    def fragment(self, graph: Graph) -> str:
        """Write a graph so that it can be joined with other fragments."""
        return self.written(graph.blocks())

    def written(self, blocks: Iterable[Block]) -> str:
        """Write subjects so that they can be joined with other fragments."""
        return self.between.join(self.subject(*block) for block in blocks)


def _family(
    name: str,
    subject: Callable[[Iri, tuple[tuple[Iri, Term], ...]], str],
    between: str,
    document: Callable[[Iterable[str]], str],
) -> Family:
    # What is said of a theme, a licence or a publisher is the same in every dataset and nearly every profile.
    return Family(name, lru_cache(maxsize=2048)(subject), between, document)


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        _family("ttl", turtle.subject, "", turtle.document),
        _family("xml", rdfxml.subject, "", rdfxml.document),
        _family("jsonld", jsonld.subject, ",\n", jsonld.document),
        _family("nt", ntriples.subject, "", ntriples.document),
    )
}

#: Extension of an address -> (family, content type). `n3` and `rdf` are those of ckanext-dcat; Turtle is valid N3.
EXTENSIONS: dict[str, tuple[str, str]] = {
    "ttl": ("ttl", "text/turtle; charset=utf-8"),
    "n3": ("ttl", "text/n3; charset=utf-8"),
    "xml": ("xml", "application/rdf+xml; charset=utf-8"),
    "rdf": ("xml", "application/rdf+xml; charset=utf-8"),
    "jsonld": ("jsonld", "application/ld+json; charset=utf-8"),
    "nt": ("nt", "application/n-triples; charset=utf-8"),
}
