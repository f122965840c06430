"""A node of JSON-LD, every part of which has an IRI, as Turtle (W3C RDF 1.1 Turtle)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["turtle"]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"


def turtle(context: Mapping[str, str], node: Mapping[str, Any]) -> str:
    """Return a node and the nodes in it, one after the other; all names are written out.

    :param context: prefixes of the names.
    """
    return "\n".join(_described(context, node))


def _described(context: Mapping[str, str], node: Mapping[str, Any]) -> Iterator[str]:
    said, inner = [], []
    for name, value in node.items():
        if name == "@id":
            continue
        if name == "@type":
            said.append(f"a {_iri(context, value)}")
            continue
        said.append(f"{_iri(context, name)} {_object(value)}")
        if isinstance(value, Mapping) and len(value) > 1:
            inner.append(value)
    if said:
        yield f"<{node['@id']}>\n    " + " ;\n    ".join(said) + " .\n"
    for one in inner:
        yield from _described(context, one)


def _iri(context: Mapping[str, str], name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"<{context[prefix]}{rest}>" if prefix in context else f"<{name}>"


def _object(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"<{_safe(value['@id'])}>"
    if isinstance(value, float):
        # A number of JSON-LD is a double, so it is one here, too.
        return f'"{value!r}"^^<{_DOUBLE}>'
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in str(value)) + '"'


def _safe(iri: str) -> str:
    """Return an address as an IRI may be written: what must not stand in one is written as its number."""
    return "".join(f"%{ord(sign):02X}" if sign in '<>"{}|^`\\' or ord(sign) <= 0x20 else sign for sign in iri)  # noqa: PLR2004
