"""Turtle 1.1; every document declares the same prefixes, so that fragments fit together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Term, Triple
from ckanext.hokkaido_dcat.domain.writers.ntriples import escape

__all__ = ["document", "fragment"]

_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + "\n"


def _iri(value: str) -> str:
    return shrink(value) or f"<{value}>"


def _term(value: Term) -> str:
    if isinstance(value, Iri):
        return _iri(value.value)
    text = f'"{escape(value.value)}"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{_iri(value.datatype)}" if value.datatype else text


def _subject(subject: Iri, triples: Iterable[Triple]) -> str:
    lines = []
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        verb = "a" if predicate == RDF_TYPE else _iri(predicate.value)
        lines.append(f"{verb} {', '.join(_term(triple.object) for triple in group)}")
    return f"<{subject.value}> " + " ;\n  ".join(lines) + " .\n\n"


def fragment(triples: Iterable[Triple]) -> str:
    """Write triples, those of a subject together; they must come ordered by subject and predicate."""
    return "".join(_subject(subject, group) for subject, group in groupby(triples, key=lambda triple: triple.subject))


def document(fragments: Iterable[str]) -> str:
    """Join fragments under one set of prefixes."""
    return _HEAD + "".join(fragments)
