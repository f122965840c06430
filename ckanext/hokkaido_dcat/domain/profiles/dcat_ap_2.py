"""DCAT-AP 2.1.1, for harvesters that have not moved on: sizes are decimals, checksums are SHA-1."""

from __future__ import annotations

from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, expand
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, Term

__all__ = ["PROFILE"]

STANDARD = "https://semiceu.github.io/DCAT-AP/releases/2.1.1/"

_SIZE = expand("dcat:byteSize")
_CHECKSUM = expand("spdx:checksum")
_ALGORITHM = expand("spdx:algorithm")
_SHA1 = expand("spdx:checksumAlgorithm_sha1")
_CONFORMS = expand("dct:conformsTo")


def _derive(_sources: Sources, _source: dict[str, Any], base: Graph) -> Graph:
    graph = Graph(problems=list(base.problems))
    dropped = {
        triple.subject for triple in base if triple.predicate == _ALGORITHM and triple.object != _SHA1
    }  # The standard knows no checksum but SHA-1.
    for triple in base:
        if triple.subject in dropped or (triple.predicate == _CHECKSUM and triple.object in dropped):
            continue
        graph.add(triple.subject, triple.predicate, _value(triple.predicate, triple.object))
    return graph


def _value(predicate: Iri, value: Term) -> Term:
    if predicate == _SIZE and isinstance(value, Literal):
        return Literal(value.value, "", PREFIXES["xsd"] + "decimal")
    return value


PROFILE = Profile(
    name="dcat-ap-2",
    standard=STANDARD,
    aliases=("dcat-ap-2.1.1", "2.1.1", "2"),
    label="DCAT-AP 2.1.1",
    dataset=_derive,
    catalog=_derive,
)
