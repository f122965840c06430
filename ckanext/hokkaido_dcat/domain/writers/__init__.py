"""The formats that a feed is written in.

A fragment is written once and joined with others to a page without being parsed again, so each format offers two
functions: `fragment` for the triples of one dataset, `document` for a page of fragments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ckanext.hokkaido_dcat.domain.terms import Triple
from ckanext.hokkaido_dcat.domain.writers import jsonld, ntriples, rdfxml, turtle

__all__ = ["EXTENSIONS", "FAMILIES", "Family"]


@dataclass(frozen=True, slots=True)
class Family:
    """A serialisation.

    :ivar name: what the store calls it.
    :ivar fragment: writes triples so that they can be joined with other fragments.
    :ivar document: joins fragments, all of this family, to a complete document.
    """

    name: str
    fragment: Callable[[Iterable[Triple]], str]
    document: Callable[[Iterable[str]], str]


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family("ttl", turtle.fragment, turtle.document),
        Family("xml", rdfxml.fragment, rdfxml.document),
        Family("jsonld", jsonld.fragment, jsonld.document),
        Family("nt", ntriples.fragment, ntriples.document),
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
