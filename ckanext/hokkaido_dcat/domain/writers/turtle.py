"""Turtle 1.1; every document declares the same prefixes, so that fragments fit together."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from ckanext.hokkaido_dcat.domain.names import PREFIXES, RDF_TYPE, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Term
from ckanext.hokkaido_dcat.domain.writers.ntriples import escape

__all__ = ["CLOSING", "OPENING", "subject"]

OPENING = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + "\n"
CLOSING = ""


def _iri(value: str) -> str:
    return shrink(value) or f"<{value}>"


def _term(value: Term) -> str:
    if isinstance(value, Iri):
        return _iri(value.value)
    text = f'"{escape(value.value)}"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{_iri(value.datatype)}" if value.datatype else text


def subject(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> str:
    """Write what is said of a subject; the statements must come ordered by predicate."""
    lines = []
    for predicate, group in groupby(statements, key=itemgetter(0)):
        verb = "a" if predicate == RDF_TYPE else _iri(predicate.value)
        lines.append(f"{verb} {', '.join(_term(value) for _, value in group)}")
    return f"<{name.value}> " + " ;\n  ".join(lines) + " .\n\n"
