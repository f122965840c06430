"""RDF/XML 1.1, flat: one `rdf:Description` a subject, no nesting, no entity, no DOCTYPE."""

from __future__ import annotations

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


def _property(predicate: Iri, value: Term) -> str:
    name = shrink(predicate.value)
    if name is None:
        raise ValueError(f"RDF/XML cannot name the property {predicate.value}")
    text = value.value.translate(_ESCAPES)
    if isinstance(value, Iri):
        return f'  <{name} rdf:resource="{text}"/>\n'
    attribute = ""
    if value.language:
        attribute = f' xml:lang="{value.language}"'
    elif value.datatype:
        attribute = f' rdf:datatype="{value.datatype.translate(_ESCAPES)}"'
    return f"  <{name}{attribute}>{text}</{name}>\n"


def subject(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> str:
    """Write what is said of a subject.

    :raises ValueError: a property has no short name.
    """
    about = name.value.translate(_ESCAPES)
    properties = "".join(_property(predicate, value) for predicate, value in statements)
    return f'<rdf:Description rdf:about="{about}">\n{properties}</rdf:Description>\n'
