"""The tables that a check works through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ckanext.hokkaido_dcat.domain.quality.finding import Consumer, Severity
from ckanext.hokkaido_dcat.domain.terms import Iri, Term

__all__ = ["Bodik", "Indicator", "Obligation", "Rules"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """A property that a consumer asks of every node of a class.

    :ivar of_class: full IRI of the class.
    :ivar property: short name, as the mapping tables write it.
    :ivar predicate: the same as a full IRI.
    :ivar field: field of the schema that becomes the property.
    """

    consumer: Consumer
    severity: Severity
    of_class: Iri
    property: str
    predicate: Iri
    field: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What data.europa.eu gives points for.

    :ivar name: of the indicator, unique.
    :ivar dimension: findability, accessibility, interoperability, reusability or contextuality.
    :ivar points: at most.
    :ivar measure: name of a function in `score.MEASURES`; "" where nothing can be measured from the description.
    :ivar property: what the measure looks at, as a full IRI.
    :ivar field: field of the schema that raises it.
    """

    name: str
    dimension: str
    points: int
    measure: str
    property: Iri | None
    field: str


@dataclass(frozen=True, slots=True)
class Bodik:
    """What BODIK's aggregator looks for.

    :ivar tag: of every standard data set.
    :ivar names: code of a standard data set -> its name.
    :ivar tags: the same code -> the tag that tells it.
    :ivar open_licences: codes of licences that it takes.
    """

    tag: str
    names: dict[str, str]
    tags: dict[str, str]
    open_licences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that a check works through.

    :ivar asked: consumer and class -> what the one asks of each node of the other.
    :ivar known_licences: IRIs of the licences of the portal's list that have a name of their own.
    :ivar machine_readable: IRIs of file types that programs read.
    :ivar non_proprietary: IRIs of file types that belong to nobody.
    """

    asked: Mapping[tuple[str, Term], tuple[Obligation, ...]]
    indicators: tuple[Indicator, ...]
    bodik: Bodik
    known_licences: frozenset[str]
    machine_readable: frozenset[str]
    non_proprietary: frozenset[str]
