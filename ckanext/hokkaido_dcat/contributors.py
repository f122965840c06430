"""Who adds to a dataset's description: siblings and third parties, without the feed knowing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph

__all__ = ["Contributor", "contributor", "contributors"]

Contributor = Callable[[dict[str, Any], Graph], None]

_contributors: dict[str, Contributor] = {}


def contributor(name: str) -> Callable[[Contributor], Contributor]:
    """Register, under a unique name, a function that adds triples about a dataset.

    It is called inside the transaction that saves the dataset, so it must be quick and must not write; what it adds
    must be the same for the same dataset, or the feed never comes to rest.
    """

    def register(function: Contributor) -> Contributor:
        _contributors[name] = function
        return function

    return register


def contributors() -> tuple[Contributor, ...]:
    """Return what is registered, ordered by name."""
    return tuple(_contributors[name] for name in sorted(_contributors))
