"""N-Triples 1.1 in its canonical form (one statement a line, no needless escapes)."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.hokkaido_dcat.domain.terms import Iri, Term, Triple

__all__ = ["document", "escape", "fragment", "term"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def escape(value: str) -> str:
    """Return a text as it stands between double quotes."""
    return value.translate(_ESCAPES)


def term(value: Term) -> str:
    """Write one term."""
    if isinstance(value, Iri):
        return f"<{value.value}>"
    text = f'"{escape(value.value)}"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^<{value.datatype}>" if value.datatype else text


def fragment(triples: Iterable[Triple]) -> str:
    """Write triples, one a line."""
    return "".join(f"<{t.subject.value}> <{t.predicate.value}> {term(t.object)} .\n" for t in triples)


def document(fragments: Iterable[str]) -> str:
    """Join fragments."""
    return "".join(fragments)
