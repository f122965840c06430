"""The three kinds of term that our feeds consist of; there are no blank nodes."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Iri", "Literal", "Term", "Triple", "clean_text"]

#: What XML 1.0 (section 2.2, production Char) does not allow in a document.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Iri(NamedTuple):
    """An absolute IRI that has passed `iris.repair`, or a constant of ours."""

    value: str


class Literal(NamedTuple):
    """A value with either a language tag or a datatype (full IRI); with neither it is a plain string."""

    value: str
    language: str = ""
    datatype: str = ""


Term = Iri | Literal


class Triple(NamedTuple):
    """A statement."""

    subject: Iri
    predicate: Iri
    object: Term


def clean_text(value: str) -> str:
    """Return the text with LF line ends, without what XML cannot carry, and without space around it.

    The same text goes into every format, so that all formats state the same triples.
    """
    return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
