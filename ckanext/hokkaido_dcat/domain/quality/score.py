"""The score of a description after the metadata quality assessment of data.europa.eu.

Where an indicator is about files, each file counts the same. What only an answer of another server would tell is not
measured, so a score is what the description has at least.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ckanext.hokkaido_dcat.domain.names import expand
from ckanext.hokkaido_dcat.domain.quality.nodes import Nodes
from ckanext.hokkaido_dcat.domain.quality.rules import Indicator, Rules
from ckanext.hokkaido_dcat.domain.terms import Iri

__all__ = ["BEST", "MEASURES", "RATINGS", "Measured", "rating"]

#: Points that the method gives at most.
BEST = 405

#: Name -> the fewest points, best first. Source: the methodology page of data.europa.eu.
RATINGS = {"excellent": 351, "good": 221, "sufficient": 121, "bad": 0}

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_MEDIA_TYPE = expand("dcat:mediaType")


def rating(points: float) -> str:
    """Return the name of the rating that so many points reach."""
    return next(name for name, fewest in RATINGS.items() if points >= fewest)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the measures look at.

    :ivar files: nodes of the distributions.
    :ivar conforms: nothing that DCAT-AP makes mandatory is missing.
    """

    nodes: Nodes
    dataset: Iri
    files: tuple[Iri, ...]
    conforms: bool
    rules: Rules

    def share(self, indicator: Indicator) -> float | None:
        """Return how much of an indicator is reached, 0 to 1; None where it is not measured."""
        measure = MEASURES.get(indicator.measure)
        return measure(self, indicator.property or Iri("")) if measure else None

    def of_files(self, holds: Callable[[Iri], bool]) -> float:
        """Return the share of the files for which something holds; none of nothing."""
        return sum(map(holds, self.files)) / len(self.files) if self.files else 0.0

    def names(self, subject: Iri, predicate: Iri) -> list[str]:
        """Return the IRIs that a node names under a property."""
        return [value.value for value in self.nodes.values(subject, predicate) if isinstance(value, Iri)]


def _present(seen: Measured, predicate: Iri) -> float:
    return float(bool(seen.nodes.values(seen.dataset, predicate)))


def _share(seen: Measured, predicate: Iri) -> float:
    return seen.of_files(lambda file: bool(seen.nodes.values(file, predicate)))


def _conformity(seen: Measured, _predicate: Iri) -> float:
    return float(seen.conforms)


def _format_from_vocabulary(seen: Measured, predicate: Iri) -> float:
    """Count files whose format and media type both, as far as they are given, are of a public list."""

    def holds(file: Iri) -> bool:
        formats, types = seen.names(file, predicate), seen.names(file, _MEDIA_TYPE)
        known = [one.startswith(_AUTHORITY) for one in formats] + [one.startswith(_IANA) for one in types]
        return bool(known) and all(known)

    return seen.of_files(holds)


def _non_proprietary(seen: Measured, predicate: Iri) -> float:
    return seen.of_files(lambda file: bool(seen.rules.non_proprietary.intersection(seen.names(file, predicate))))


def _machine_readable(seen: Measured, predicate: Iri) -> float:
    return seen.of_files(lambda file: bool(seen.rules.machine_readable.intersection(seen.names(file, predicate))))


def _licence_from_vocabulary(seen: Measured, predicate: Iri) -> float:
    return seen.of_files(lambda file: bool(seen.rules.known_licences.intersection(seen.names(file, predicate))))


def _access_rights_from_vocabulary(seen: Measured, predicate: Iri) -> float:
    return float(any(name.startswith(_AUTHORITY) for name in seen.names(seen.dataset, predicate)))


MEASURES: dict[str, Callable[[Measured, Iri], float]] = {
    "access_rights_from_vocabulary": _access_rights_from_vocabulary,
    "conformity": _conformity,
    "format_from_vocabulary": _format_from_vocabulary,
    "licence_from_vocabulary": _licence_from_vocabulary,
    "machine_readable": _machine_readable,
    "non_proprietary": _non_proprietary,
    "present": _present,
    "share": _share,
}
