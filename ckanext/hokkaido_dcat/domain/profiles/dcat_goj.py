"""The Japanese profile: DCAT-GoJ (DS-469) on DCAT-AP 3, with the IMI core vocabulary beside it.

DCAT-GoJ names items, not properties: `mapping/goj.yaml` says which property carries each. Of IMI only terms are used
that are seen in public data; its own definition file could not be had, so the kinds of values that it asks for are not
checked. Names of nodes are made of the portal's own addresses; none is minted in another's domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.profiles.profile import Profile, Sources
from ckanext.hokkaido_dcat.domain.terms import Iri, Literal, Term, clean_text

__all__ = ["MANDATORY_OF_FILES", "PROFILE"]

#: The guidebook gives its profile no IRI, so it has one under the portal's own address.
STANDARD = "#profile-dcat-goj"

#: Fields of a resource without which DCAT-GoJ refuses it; each alternative is enough.
MANDATORY_OF_FILES = {
    "name": ("name",),
    "description": ("description",),
    "modified": ("modified", "last_modified"),
}

_LOCATION = expand("dct:Location")
_PERIOD = expand("dct:PeriodOfTime")
_KIND = expand("vcard:Kind")
_CODE = expand("dct:identifier")
_LABELS = {expand("skos:prefLabel"), expand("foaf:name"), expand("vcard:fn")}
_POINT = re.compile(r"POINT\(([-0-9.]+) ([-0-9.]+)\)")
_PERIOD_ENDS = {expand("dcat:startDate"): "ic:開始日", expand("dcat:endDate"): "ic:終了日"}

LOCAL_GOVERNMENT, AREA, CORPORATE = "全国地方公共団体コード", "標準地域コード", "法人番号"
LOCAL_GOVERNMENT_DIGITS = 6

#: What names of nodes call a code of each system.
_KINDS = {LOCAL_GOVERNMENT: "code", AREA: "area-code", CORPORATE: "corporate-number"}


def _dataset(sources: Sources, dataset: dict[str, Any], base: Graph) -> Graph:
    # The guidebook has no item for checksums, and some harvesters of this profile's age fail at one.
    graph = base.copy_without(PREFIXES["spdx"])
    graph.problems.clear()
    _record(graph, base, dataset)
    _missing(graph, dataset)
    _imi(sources, graph, base)
    organization = dataset.get("organization") or {}
    _codes(sources, graph, organization)
    return graph


def _catalog(sources: Sources, catalog: dict[str, Any], base: Graph) -> Graph:
    graph = base.copy()
    graph.add(Iri(sources.base), _CODE, Literal(sources.base))
    _imi(sources, graph, base)
    _codes(sources, graph, catalog.get("publisher") or {})
    return graph


def _record(graph: Graph, base: Graph, dataset: dict[str, Any]) -> None:
    """Give the record of the catalogue the title and the description that DCAT-GoJ asks of it."""
    record = next(one for one, predicate, _value in base.triples() if predicate == expand("foaf:primaryTopic"))
    for name, short in (("title", "dct:title"), ("notes", "dct:description")):
        text = clean_text(str(dataset.get(name) or ""))
        if text:
            graph.add(record, expand(short), Literal(text, "ja"))
    graph.add(record, expand("dct:language"), Iri("http://publications.europa.eu/resource/authority/language/JPN"))


def _missing(graph: Graph, dataset: dict[str, Any]) -> None:
    for number, resource in enumerate(as_list(dataset.get("resources") or []), 1):
        for name, alternatives in MANDATORY_OF_FILES.items():
            if not any(str(resource.get(one) or "").strip() for one in alternatives):
                graph.report(f"resources/{number}/{name}", Fault.MISSING)


def _imi(sources: Sources, graph: Graph, base: Graph) -> None:
    """Describe places, periods, contacts and organisations in the words of IMI, too."""
    for subject, statements in base.blocks():
        types = {value for predicate, value in statements if predicate == RDF_TYPE}
        if _LOCATION in types:
            _place(sources, graph, subject, statements)
        elif _PERIOD in types:
            _period(graph, subject, statements)
        elif _KIND in types:
            _named(graph, subject, statements, "ic:連絡先型")
        elif expand("foaf:Agent") in types:
            _named(graph, subject, statements, "ic:組織型")
    for subject, predicate, value in base.triples():
        if predicate == expand("dct:temporal"):
            graph.add(subject, expand("ic:期間"), value)


def _named(graph: Graph, subject: Iri, statements: tuple[tuple[Iri, Term], ...], kind: str) -> None:
    graph.add(subject, RDF_TYPE, expand(kind))
    for label in _labels(statements):
        _name(graph, subject, label)


def _labels(statements: tuple[tuple[Iri, Term], ...]) -> Iterator[Literal]:
    for predicate, value in statements:
        if predicate in _LABELS and isinstance(value, Literal):
            yield value


def _name(graph: Graph, subject: Iri, text: Literal) -> None:
    node = Iri(f"{_stem(subject)}-name")
    graph.add(subject, expand("ic:名称"), node)
    graph.add(node, RDF_TYPE, expand("ic:名称型"))
    graph.add(node, expand("ic:カナ表記" if text.language == "ja-Hrkt" else "ic:表記"), text)


def _place(sources: Sources, graph: Graph, subject: Iri, statements: tuple[tuple[Iri, Term], ...]) -> None:
    for label in _labels(statements):
        _name(graph, subject, label)
    for predicate, value in statements:
        if predicate == _CODE:
            # A bureau has a statistical area code of five digits; it is no local government.
            system = LOCAL_GOVERNMENT if len(value.value) == LOCAL_GOVERNMENT_DIGITS else AREA
            _code(sources, graph, subject, value.value, system)
        point = _POINT.fullmatch(value.value) if predicate == expand("dcat:centroid") else None
        if point:
            node = Iri(f"{_stem(subject)}-point")
            graph.add(subject, expand("ic:地理座標"), node)
            graph.add(node, RDF_TYPE, expand("ic:地理座標型"))
            graph.add(node, expand("ic:緯度"), Literal(point[2]))
            graph.add(node, expand("ic:経度"), Literal(point[1]))


def _period(graph: Graph, subject: Iri, statements: tuple[tuple[Iri, Term], ...]) -> None:
    for predicate, value in statements:
        if predicate in _PERIOD_ENDS:
            graph.add(subject, expand(_PERIOD_ENDS[predicate]), value)


def _codes(sources: Sources, graph: Graph, organization: dict[str, Any]) -> None:
    if not organization.get("id"):
        return
    subject = Iri(f"{sources.base}/organization/{quote(str(organization['id']), safe='')}")
    for name, system in (("code", LOCAL_GOVERNMENT), ("corporate_number", CORPORATE)):
        text = clean_text(str(organization.get(name) or ""))
        if text and subject in graph:
            _code(sources, graph, subject, text, system)
    kana = clean_text(str(organization.get("title_kana") or ""))
    if kana and subject in graph:
        _name(graph, subject, Literal(kana, "ja-Hrkt"))


def _code(sources: Sources, graph: Graph, subject: Iri, text: str, system: str) -> None:
    node = Iri(f"{_stem(subject)}-{_KINDS[system]}")
    scheme = Iri(f"{sources.base}/#imi-{_KINDS[system]}")
    graph.add(subject, expand("ic:ID"), node)
    graph.add(node, RDF_TYPE, expand("ic:ID型"))
    graph.add(node, expand("ic:識別値"), Literal(text))
    graph.add(node, expand("ic:体系"), scheme)
    graph.add(scheme, expand("ic:表記"), Literal(system, "ja"))


def _stem(subject: Iri) -> str:
    """Return what names of a subject's own nodes begin with."""
    return subject.value + ("-imi" if "#" in subject.value else "#imi")


PROFILE = Profile(
    name="dcat-goj",
    standard=STANDARD,
    aliases=("goj", "dcat-jp", "ja", "imi"),
    label="DCAT-GoJ",
    dataset=_dataset,
    catalog=_catalog,
)
