"""JSON-LD 1.1, flattened: one object a subject, under a context that only declares prefixes."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import Any

from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Term

__all__ = ["CLOSING", "OPENING", "subject"]

OPENING = '{"@context":' + json.dumps(PREFIXES, separators=(",", ":")) + ',"@graph":[\n'
CLOSING = "\n]}\n"


def _name(iri: str) -> str:
    return shrink(iri) or iri


def _value(value: Term) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": _name(value.datatype)} if value.datatype else {"@value": value.value}


def subject(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> str:
    """Write what is said of a subject as a member of a list; the statements must come ordered by predicate."""
    node: dict[str, Any] = {"@id": name.value}
    for predicate, group in groupby(statements, key=itemgetter(0)):
        if predicate == RDF_TYPE:
            node["@type"] = [_name(value.value) for _, value in group]
        else:
            node[_name(predicate.value)] = [_value(value) for _, value in group]
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))
