"""The formats that a feed is written in.

A fragment is written once and joined with others to a page without being parsed again, so each format offers a function
`subject` for what is said of one subject, and what stands before, between and after subjects in a document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ckanext.hokkaido_dcat.domain.graph import Block, Graph
from ckanext.hokkaido_dcat.domain.terms import Iri, Term
from ckanext.hokkaido_dcat.domain.writers import jsonld, ntriples, rdfxml, turtle

__all__ = ["EXTENSIONS", "FAMILIES", "Family", "written"]


Subject = Callable[[Iri, tuple[tuple[Iri, Term], ...]], str]


@dataclass(frozen=True, slots=True)
class Family:
    """A serialisation.

    :ivar name: what the store calls it.
    :ivar subject: writes the statements about one subject.
    :ivar opening: how a document begins.
    :ivar between: stands between two subjects, and so between two fragments.
    :ivar closing: how a document ends.
    """

    name: str
    subject: Subject
    opening: str
    between: str
    closing: str

    def document(self, fragments: Iterable[str]) -> str:
        """Join fragments, all of this family, to a complete document."""
        return "".join(self.pieces(fragments))

    def pieces(self, fragments: Iterable[str]) -> Iterator[str]:
        """Yield a complete document piece by piece, so that it never stands in memory as a whole."""
        yield self.opening
        first = True
        for fragment in fragments:
            if fragment:
                yield fragment if first else self.between + fragment
                first = False
        yield self.closing

    def fragment(self, graph: Graph) -> str:
        """Write a graph so that it can be joined with other fragments."""
        return self.written(graph.blocks())

    def written(self, blocks: Iterable[Block]) -> str:
        """Write subjects so that they can be joined with other fragments."""
        return self.between.join(self.subject(*block) for block in blocks)


def _family(
    name: str,
    subject: Callable[[Iri, tuple[tuple[Iri, Term], ...]], str],
    opening: str,
    between: str,
    closing: str,
) -> Family:
    return Family(name, subject, opening, between, closing)


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        _family("ttl", turtle.subject, turtle.OPENING, "", turtle.CLOSING),
        _family("xml", rdfxml.subject, rdfxml.OPENING, "", rdfxml.CLOSING),
        _family("jsonld", jsonld.subject, jsonld.OPENING, ",\n", jsonld.CLOSING),
        _family("nt", ntriples.subject, ntriples.OPENING, "", ntriples.CLOSING),
    )
}


# What is said of a theme, a licence or a publisher is the same in every dataset and nearly every profile.
@lru_cache(maxsize=2048)
def _in_every_format(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> tuple[str, ...]:
    return tuple(family.subject(name, statements) for family in FAMILIES.values())


def written(blocks: Iterable[Block]) -> dict[str, str]:
    """Write subjects in every format, so that they can be joined with other fragments: name of a family -> text."""
    columns = list(zip(*(_in_every_format(*block) for block in blocks), strict=True)) or [()] * len(FAMILIES)
    return {family.name: family.between.join(column) for family, column in zip(FAMILIES.values(), columns, strict=True)}


#: Extension of an address -> (family, content type). `n3` and `rdf` are those of ckanext-dcat; Turtle is valid N3.
EXTENSIONS: dict[str, tuple[str, str]] = {
    "ttl": ("ttl", "text/turtle; charset=utf-8"),
    "n3": ("ttl", "text/n3; charset=utf-8"),
    "xml": ("xml", "application/rdf+xml; charset=utf-8"),
    "rdf": ("xml", "application/rdf+xml; charset=utf-8"),
    "jsonld": ("jsonld", "application/ld+json; charset=utf-8"),
    "nt": ("nt", "application/n-triples; charset=utf-8"),
}
