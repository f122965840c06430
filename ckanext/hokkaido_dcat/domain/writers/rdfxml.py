"""RDF/XML 1.1, flat: one `rdf:Description` a subject, no nesting, no entity, no DOCTYPE."""

from __future__ import annotations

import re

from ckanext.hokkaido_dcat.domain.names import PREFIXES, shrink
from ckanext.hokkaido_dcat.domain.terms import Iri, Term

__all__ = ["CLOSING", "OPENING", "subject"]

OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    + "".join(f'\n  xmlns:{prefix}="{namespace}"' for prefix, namespace in PREFIXES.items())
    + ">\n"
)
CLOSING = "</rdf:RDF>\n"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


def _split(iri: str) -> tuple[str, str]:
    """Return the namespace and the name of a property that is in none of our vocabularies."""
    local = _LOCAL.search(iri)
    if local is None or not local.start():
        raise ValueError(f"RDF/XML cannot name the property {iri}")
    return iri[: local.start()], local[0]


def _property(predicate: Iri, value: Term) -> str:
    name = shrink(predicate.value)
    foreign = ""
    if name is None:
        namespace, local = _split(predicate.value)
        name, foreign = f"x:{local}", f' xmlns:x="{namespace.translate(_ESCAPES)}"'
    text = value.value.translate(_ESCAPES)
    if isinstance(value, Iri):
        return f'  <{name}{foreign} rdf:resource="{text}"/>\n'
    attribute = ""
    if value.language:
        attribute = f' xml:lang="{value.language}"'
    elif value.datatype:
        attribute = f' rdf:datatype="{value.datatype.translate(_ESCAPES)}"'
    return f"  <{name}{foreign}{attribute}>{text}</{name}>\n"


def subject(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> str:
    """Write what is said of a subject.

    :raises ValueError: a property ends in nothing that XML can name.
    """
    about = name.value.translate(_ESCAPES)
    properties = "".join(_property(predicate, value) for predicate, value in statements)
    return f'<rdf:Description rdf:about="{about}">\n{properties}</rdf:Description>\n'
