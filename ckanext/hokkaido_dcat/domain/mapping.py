"""What a mapping table consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Entry", "Lookup", "Mapping", "Rule", "Table"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a vocabulary.

    :ivar iri: what the standard calls it; empty where it has no name there.
    :ivar media_type: of a file format.
    :ivar longitude: degrees east, of a place's office.
    :ivar latitude: degrees north, of a place's office.
    """

    code: str
    iri: str = ""
    ja: str = ""
    en: str = ""
    media_type: str = ""
    longitude: float | None = None
    latitude: float | None = None


#: Vocabulary name, code -> entry, or None where the vocabulary has no such code.
Lookup = Callable[[str, str], Entry | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a field of the schema, the property it becomes, and how.

    :ivar kind: name of a writer in `domain.values`.
    :ivar otherwise: field that is read when the first one is empty.
    :ivar default: value when both are empty; only for what the schema itself defines as its default.
    """

    field: str
    property: str
    kind: str
    language: str = ""
    vocabulary: str = ""
    type: str = ""
    otherwise: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one class, with the types that each of its nodes is given."""

    types: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """The tables of a profile."""

    catalog: Table
    record: Table
    dataset: Table
    distribution: Table
    service: Table
    series: Table
    agent: Table
