"""What a standard data set is made of: its columns in each form, and how far that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["WHOLE", "Column", "ColumnType", "Concept", "Form", "Loading", "Obligation", "Proof", "Standard"]


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
    """Where the columns of a form were taken from; `PART` are some of them only.

    `LOADED` are those of a definition workbook that the administrator has loaded.
    """

    OFFICIAL = "official"
    LOADED = "loaded"
    PUBLISHED = "published"
    PART = "part"
    NONE = "none"


#: Where the columns of a form were taken from, if all of them are known.
WHOLE = frozenset((Proof.OFFICIAL, Proof.LOADED, Proof.PUBLISHED))


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A kind of value.

    :ivar how: how it is written, by language.
    :ivar schema: its part of a Table Schema.
    :ivar text: whether a spreadsheet must keep it as typed, zeros and all.
    :ivar values: what templates offer.
    """

    code: str
    ja: str
    en: str
    how: Mapping[str, str]
    schema: Mapping[str, Any]
    text: bool = False
    values: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What a column says, in whatever set it stands.

    :ivar key: this suite's own name of it.
    :ivar type: name of the kind of value (`values` knows them).
    :ivar also: other headings that mean the same.
    :ivar english: physical names, and names in files with English headings.
    :ivar imi: path of the IMI core vocabulary, or nothing.
    :ivar values: what is written there, as far as that is known; no closed list.
    :ivar example: what may stand there, made up.
    """

    key: str
    ja: str
    en: str
    type: str
    also: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    imi: str = ""
    values: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one form of one set, under the heading that it has there.

    :ivar description: what the official sheet says of it; blank where none was at hand.
    :ivar format: how it is written, in the words of that sheet.
    :ivar physical: its official physical name.
    :ivar closed: whether `concept.values` are all that may stand there.
    """

    concept: Concept
    heading: str
    obligation: Obligation = Obligation.UNKNOWN
    description: str = ""
    format: str = ""
    physical: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Loading:
    """The definition workbook that a form was loaded from.

    :ivar source: its own title or where it came from.
    :ivar at: when it was loaded, ISO 8601 in UTC.
    :ivar by: name of the user.
    """

    file: str
    sheet: str
    source: str
    at: str
    by: str


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
    :ivar about: what is to be minded, by language.
    :ivar publishers: at how many publishers the columns of a form were seen, where published files are their source.
    :ivar loading: the definition workbook that takes the place of the shipped current form, if any.
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
    about: Mapping[str, str] = field(default_factory=dict)
    publishers: Mapping[Form, int] = field(default_factory=dict)
    loading: Loading | None = None
