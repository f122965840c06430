"""What a standard data set is made of: its columns in each form, and how far that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Column", "Concept", "Form", "Obligation", "Proof", "Standard"]


class Obligation(StrEnum):
    """Whether a column has to be filled in; `UNKNOWN` where no official sheet was at hand."""

    MANDATORY = "mandatory"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"
    UNKNOWN = "unknown"


class Form(StrEnum):
    """A way of writing a set: the form of 2023, its file about the file, the form before it, one that citizens use."""

    CURRENT = "current"
    METADATA = "metadata"
    LEGACY = "legacy"
    CIVIC = "civic"


class Proof(StrEnum):
    """Where the columns of a form were taken from; `PART` are some of them only."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Concept:
    """What a column says, in whatever set it stands.

    :ivar key: this suite's own name of it.
    :ivar type: name of the kind of value (`values` knows them).
    :ivar also: other headings that mean the same.
    :ivar english: physical names, and names in files with English headings.
    :ivar imi: path of the IMI core vocabulary, or nothing.
    """

    key: str
    ja: str
    en: str
    type: str
    also: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    imi: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one form of one set, under the heading that it has there."""

    concept: Concept
    heading: str
    obligation: Obligation = Obligation.UNKNOWN


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard data set.

    :ivar code: two digits.
    :ivar words: words by which titles and names of files tell it.
    :ivar signature: headings of either form by which it is told from the others.
    :ivar prefix: what stands before the headings of this set's own, without `_`; publishers often leave it out.
    :ivar imi: class of a record in the IMI core vocabulary, or nothing.
    :ivar forms: the columns in their order.
    :ivar proofs: where these columns were taken from.
    :ivar obligations: whether obligations are those of an official sheet.
    """

    code: str
    ja: str
    en: str
    words: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    prefix: str = ""
    imi: str = ""
    forms: Mapping[Form, tuple[Column, ...]] = field(default_factory=dict)
    proofs: Mapping[Form, Proof] = field(default_factory=dict)
    obligations: bool = False
