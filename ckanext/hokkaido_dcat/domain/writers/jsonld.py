"""JSON-LD 1.1, flattened: one object a subject, under a context that only declares prefixes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Term, Triple

__all__ = ["document", "fragment"]

_HEAD = '{"@context":' + json.dumps(PREFIXES, separators=(",", ":")) + ',"@graph":[\n'


def _name(iri: str) -> str:
    return shrink(iri) or iri


def _value(value: Term) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": _name(value.datatype)} if value.datatype else {"@value": value.value}


def _subject(subject: Iri, triples: Iterable[Triple]) -> str:
    node: dict[str, Any] = {"@id": subject.value}
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        if predicate == RDF_TYPE:
            node["@type"] = [_name(triple.object.value) for triple in group]
        else:
            node[_name(predicate.value)] = [_value(triple.object) for triple in group]
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def fragment(triples: Iterable[Triple]) -> str:
    """Write triples as members of a list; they must come ordered by subject and predicate."""
    return ",\n".join(
        _subject(subject, group) for subject, group in groupby(triples, key=lambda triple: triple.subject)
    )


def document(fragments: Iterable[str]) -> str:
    """Join fragments to one graph."""
    return _HEAD + ",\n".join(filter(None, fragments)) + "\n]}\n"
