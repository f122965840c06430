"""DCAT-AP 2.1.1, for harvesters that have not moved on: sizes are decimals, checksums are SHA-1.

It knows no series and no chain of versions. DCAT 2 leaves such relations to the terms of Dublin Core; `dct:hasVersion`
and `dct:isVersionOf` would demand that the other dataset is described on the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.profiles.dcat_ap_3 import STANDARD as BASE_STANDARD
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, Term

__all__ = ["PROFILE"]

STANDARD = "https://semiceu.github.io/DCAT-AP/releases/2.1.1/"

_SIZE = expand("dcat:byteSize")
_CHECKSUM = expand("spdx:checksum")
_ALGORITHM = expand("spdx:algorithm")
_SHA1 = expand("spdx:checksumAlgorithm_sha1")
_SHA1_DIGITS = re.compile(r"[0-9a-f]{40}")

_SERIES = expand("dcat:DatasetSeries")

#: Properties that are new in version 3, under the names that were in use before.
_FORMER = {
    expand("dcat:version"): expand("owl:versionInfo"),
    expand("dcat:previousVersion"): expand("dct:replaces"),
    expand("dcat:inSeries"): expand("dct:isPartOf"),
}


#: The standard itself.
_RENAMED: dict[Term, Iri] = {Iri(BASE_STANDARD): Iri(STANDARD)}


def _dataset(sources: Sources, dataset: dict[str, Any], base: Graph) -> Graph:
    graph = _derived(base)
    stated = {subject for subject, predicate, _value in graph.triples() if predicate == _CHECKSUM}
    for distribution, digits in _sha1(sources, dataset):
        if distribution in base and distribution not in stated:
            name = Iri(f"{distribution.value}#checksum-sha1")
            graph.add(distribution, _CHECKSUM, name)
            graph.add(name, RDF_TYPE, expand("spdx:Checksum"))
            graph.add(name, _ALGORITHM, _SHA1)
            graph.add(name, expand("spdx:checksumValue"), Literal(digits, "", PREFIXES["xsd"] + "hexBinary"))
            graph.add(_SHA1, RDF_TYPE, expand("spdx:ChecksumAlgorithm"))
    return graph


def _catalog(_sources: Sources, _source: dict[str, Any], base: Graph) -> Graph:
    return _derived(base)


def _derived(base: Graph) -> Graph:
    """Return what is said in the words of version 2; checksums that it does not know are left out."""
    others = [(one, value) for one, predicate, value in base.triples() if predicate == _ALGORITHM and value != _SHA1]
    unknown, methods = {subject for subject, _method in others}, {method for _subject, method in others}
    graph, unsaid = Graph(problems=list(base.problems)), unknown | {_SERIES}
    for subject, statements in base.statements():
        if subject not in unknown and subject not in methods:
            graph.add_all(
                _RENAMED.get(subject, subject),
                [
                    (_FORMER.get(predicate, predicate), _value(predicate, value))
                    for predicate, value in statements
                    if value not in unsaid
                ],
            )
    return graph


def _value(predicate: Iri, value: Term) -> Term:
    if predicate == _SIZE:
        return Literal(value.value, "", PREFIXES["xsd"] + "decimal")
    return _RENAMED.get(value, value)


def _sha1(sources: Sources, dataset: dict[str, Any]) -> Iterator[tuple[Iri, str]]:
    """Return the distributions whose file has a SHA-1 beside the checksum that version 3 states."""
    for resource in as_list(dataset.get("resources") or []):
        digits = str(resource.get("hash_sha1") or "").strip().lower()
        if _SHA1_DIGITS.fullmatch(digits):
            path = f"/dataset/{quote(str(dataset['id']), safe='')}/resource/{quote(str(resource['id']), safe='')}"
            yield Iri(sources.base + path), digits


PROFILE = Profile(
    name="dcat-ap-2",
    standard=STANDARD,
    aliases=("dcat-ap-2.1.1", "2.1.1", "2"),
    label="DCAT-AP 2.1.1",
    dataset=_dataset,
    catalog=_catalog,
)
