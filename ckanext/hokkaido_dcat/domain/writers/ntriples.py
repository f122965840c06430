"""N-Triples 1.1 in its canonical form (one statement a line, no needless escapes)."""

from __future__ import annotations

from ckanext.hokkaido_dcat.domain.terms import Iri, Term

__all__ = ["CLOSING", "OPENING", "escape", "subject", "term"]

OPENING = ""
CLOSING = ""

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


def subject(name: Iri, statements: tuple[tuple[Iri, Term], ...]) -> str:
    """Write what is said of a subject, one statement a line."""
    return "".join(f"<{name.value}> <{predicate.value}> {term(value)} .\n" for predicate, value in statements)
