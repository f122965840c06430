"""Checks how datasets are described, with the rules that the tables and vocabularies give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ckanext.hokkaido_dcat.domain.graph import Graph
from ckanext.hokkaido_dcat.domain.mapping import Table
from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.quality import (
    Assessment,
    Bodik,
    Consumer,
    Indicator,
    Obligation,
    Rules,
    Severity,
    assess,
)
from ckanext.hokkaido_dcat.domain.terms import Term
from ckanext.hokkaido_dcat.mapping import goj_items, mapping, obligations, scoring
from ckanext.hokkaido_schema.shared import STANDARD_TAG, tag_of, vocabulary

__all__ = ["assessment", "rules"]

#: Obligation -> what it means that something is missing.
_SEVERITIES = {"mandatory": Severity.REJECTED, "recommended": Severity.LACKING}

#: Classes of DCAT-GoJ whose nodes a person completes -> ours.
_GOJ = {
    "カタログレコード": "dcat:CatalogRecord",
    "データセット": "dcat:Dataset",
    "ディストリビューション": "dcat:Distribution",
}

#: Fields that a form calls otherwise than what the feed reads.
_IN_FORM = {"tags": "tag_string", "organization": "owner_org", "id": "title", "license": "license_id"}

#: Number of stars of the five-star scale from which a format is read by programs, and from which it belongs to nobody.
_READABLE, _FREE = 2, 3


def assessment(base: str, dataset: dict[str, Any], graphs: Mapping[str, Graph]) -> Assessment:
    """Check a dataset, given what each profile says of it.

    :param base: IRI of the catalogue, without a slash at its end.
    """
    return assess(rules(), base, dataset, graphs)


@cache
def rules() -> Rules:
    """Return the rules, read once."""
    formats = list(vocabulary("formats"))
    asked: dict[tuple[str, Term], list[Obligation]] = {}
    for one in (*_of_dcat_ap(), *_of_goj()):
        asked.setdefault((one.consumer, one.of_class), []).append(one)
    return Rules(
        asked={key: tuple(obligations) for key, obligations in asked.items()},
        indicators=tuple(_indicators()),
        bodik=_bodik(),
        known_licences=frozenset(item.iri for item in vocabulary("licences") if item.iri),
        machine_readable=frozenset(one.iri for one in formats if one.iri and one.get("stars", 0) >= _READABLE),
        non_proprietary=frozenset(one.iri for one in formats if one.iri and one.get("stars", 0) >= _FREE),
    )


def _of_dcat_ap() -> Iterator[Obligation]:
    for short, by_severity in obligations().items():
        for name, properties in by_severity.items():
            for one in properties:
                yield _obligation(Consumer.DCAT_AP, _SEVERITIES[name], short, one)


def _of_goj() -> Iterator[Obligation]:
    for name, short in _GOJ.items():
        for item in goj_items()[name].values():
            if item["obligation"] in _SEVERITIES and "property" in item:
                yield _obligation(Consumer.DCAT_GOJ, _SEVERITIES[item["obligation"]], short, item["property"])


def _obligation(consumer: Consumer, severity: Severity, short: str, name: str) -> Obligation:
    return Obligation(consumer, severity, expand(short), name, expand(name), _field(short, name))


def _field(short: str, name: str) -> str:
    """Return the field of the form that becomes a property of a class."""
    tables = mapping()
    # A record says of the dataset what the dataset says itself.
    by_class: dict[str, Table] = {
        "dcat:Dataset": tables.dataset,
        "dcat:CatalogRecord": tables.dataset,
        "dcat:Distribution": tables.distribution,
        "foaf:Agent": tables.agent,
    }
    found = next((rule.field for rule in by_class[short].rules if rule.property == name), "")
    return _IN_FORM.get(found, found)


def _indicators() -> Iterator[Indicator]:
    for dimension, rows in scoring().items():
        for name, row in rows.items():
            short = row.get("property")
            yield Indicator(
                name,
                dimension,
                row["points"],
                row.get("measure", ""),
                expand(short) if short else None,
                row.get("field", ""),
            )


def _bodik() -> Bodik:
    licences = frozenset(item.code for item in vocabulary("licences") if item.get("open"))
    sets = vocabulary("standard_datasets")
    return Bodik(STANDARD_TAG, {one.code: one.ja for one in sets}, {one.code: tag_of(one.ja) for one in sets}, licences)
