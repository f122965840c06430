"""RDF/XML 1.1, flat: one `rdf:Description` a subject, no nesting, no entity, no DOCTYPE."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ckanext.hokkaido_dcat.domain.names import PREFIXES, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Triple

__all__ = ["document", "fragment"]

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    + "".join(f'\n  xmlns:{prefix}="{namespace}"' for prefix, namespace in PREFIXES.items())
    + ">\n"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def _property(triple: Triple) -> str:
    name = shrink(triple.predicate.value)
    if name is None:
        raise ValueError(f"RDF/XML cannot name the property {triple.predicate.value}")
    value = triple.object
    text = value.value.translate(_ESCAPES)
    if isinstance(value, Iri):
        return f'  <{name} rdf:resource="{text}"/>\n'
    attribute = ""
    if value.language:
        attribute = f' xml:lang="{value.language}"'
    elif value.datatype:
        attribute = f' rdf:datatype="{value.datatype.translate(_ESCAPES)}"'
    return f"  <{name}{attribute}>{text}</{name}>\n"


def _subject(subject: Iri, triples: Iterable[Triple]) -> str:
    about = subject.value.translate(_ESCAPES)
    return f'<rdf:Description rdf:about="{about}">\n' + "".join(map(_property, triples)) + "</rdf:Description>\n"


def fragment(triples: Iterable[Triple]) -> str:
    """Write triples, those of a subject together; they must come ordered by subject.

    :raises ValueError: a property has no short name.
    """
    return "".join(_subject(subject, group) for subject, group in groupby(triples, key=lambda triple: triple.subject))


def document(fragments: Iterable[str]) -> str:
    """Join fragments under one root element."""
    return _HEAD + "".join(fragments) + "</rdf:RDF>\n"
