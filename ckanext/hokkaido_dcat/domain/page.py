"""Pages of the feed as three known harvesters read them.

One node is typed both as Hydra's current and its former kind of page and carries both kinds of link, as IRIs, and the
number of items on every page: ckanext-dcat, udata and piveau each read another part of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal

__all__ = ["Cut", "describe_page"]

_INTEGER = PREFIXES["xsd"] + "integer"


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page stands.

    :ivar number: from 1.
    :ivar last: number of the last page, at least 1.
    :ivar size: the most datasets on a page.
    :ivar total: datasets on all pages.
    """

    number: int
    last: int
    size: int
    total: int

    @property
    def first_sequence(self) -> int:
        """Return the lowest sequence that belongs on the page."""
        return (self.number - 1) * self.size + 1

    @property
    def last_sequence(self) -> int:
        """Return the highest sequence that belongs on the page."""
        return self.number * self.size

    @classmethod
    def of(cls, *, number: int, size: int, highest: int, total: int) -> Cut:
        """Return a page, given the highest sequence ever given.

        A dataset stays on its page for ever: one that is withdrawn leaves a gap instead of moving its neighbours.
        """
        return cls(number, max(1, -(-highest // size)), size, total)


def describe_page(cut: Cut, address: Callable[[int], str]) -> Graph:
    """Return the page node; `address` gives the absolute address of a page by its number."""
    graph = Graph()
    here = Iri(address(cut.number))
    for short in ("hydra:PartialCollectionView", "hydra:PagedCollection"):
        graph.add(here, RDF_TYPE, expand(short))
    graph.add(here, expand("hydra:totalItems"), Literal(str(cut.total), "", _INTEGER))
    graph.add(here, expand("hydra:itemsPerPage"), Literal(str(cut.size), "", _INTEGER))
    links = {("first", "firstPage"): 1, ("last", "lastPage"): cut.last}
    if cut.number < cut.last:
        links["next", "nextPage"] = cut.number + 1
    if cut.number > 1:
        links["previous", "previousPage"] = cut.number - 1
    for names, number in links.items():
        for name in names:
            graph.add(here, expand(f"hydra:{name}"), Iri(address(number)))
    return graph
