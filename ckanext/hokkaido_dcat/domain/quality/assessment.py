"""Checks one dataset for all consumers at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.hokkaido_dcat.domain.emitter import as_list
from ckanext.hokkaido_dcat.domain.graph import Fault, Graph
from ckanext.hokkaido_dcat.domain.names import RDF_TYPE, expand
from ckanext.hokkaido_dcat.domain.quality.finding import Consumer, Finding, Severity
from ckanext.hokkaido_dcat.domain.quality.nodes import Nodes, places
from ckanext.hokkaido_dcat.domain.quality.rules import Bodik, Rules
from ckanext.hokkaido_dcat.domain.quality.score import Measured
from ckanext.hokkaido_dcat.domain.terms import Iri

__all__ = ["Assessment", "assess"]

_DISTRIBUTION = expand("dcat:Distribution")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a dataset's description lacks, and its score.

    :ivar findings: gravest first.
    :ivar shares: indicator -> how much of it is reached, 0 to 1; None where it is not measured.
    :ivar points: of the indicators that are measured.
    """

    findings: tuple[Finding, ...]
    shares: dict[str, float | None]
    points: float

    def as_dict(self) -> dict[str, Any]:
        """Return what is stored: the score and, by consumer and severity, how much was found."""
        counts: dict[str, int] = {}
        for one in self.findings:
            key = f"{one.consumer}:{one.severity}"
            counts[key] = counts.get(key, 0) + 1
        shares = {name: round(share, 4) for name, share in self.shares.items() if share is not None}
        # A field that is lacking in three files is one thing to learn.
        lacking = sorted({f"{one.consumer}:{one.severity}:{_of_any_file(one.field)}" for one in self.findings})
        return {"points": round(self.points, 2), "shares": shares, "counts": counts, "lacking": lacking}


def assess(rules: Rules, base: str, dataset: dict[str, Any], graphs: Mapping[str, Graph]) -> Assessment:
    """Check a dataset.

    :param base: IRI of the catalogue, without a slash at its end.
    :param dataset: as it was given to the profiles.
    :param graphs: name of each profile -> what it says of the dataset, the default first.
    """
    asked = {consumer for consumer, _kind in rules.asked}
    known = {name: Nodes(graph) for name, graph in graphs.items() if name in asked}
    first = known[Consumer.DCAT_AP]
    where = places(base, dataset, first)
    findings = [
        *_missing(rules, where, known),
        *_faults(graphs),
        *_for_bodik(rules.bodik, dataset),
    ]
    conforms = not any(one.consumer == Consumer.DCAT_AP and one.severity == Severity.REJECTED for one in findings)
    name = next(iter(where))
    seen = Measured(first, name, tuple(one for one in where if first.is_a(one, _DISTRIBUTION)), conforms, rules)
    shares = {indicator.name: seen.share(indicator) for indicator in rules.indicators}
    points = sum(indicator.points * (shares[indicator.name] or 0) for indicator in rules.indicators)
    return Assessment(tuple(sorted(dict.fromkeys(findings), key=lambda one: one.order)), shares, points)


def _missing(rules: Rules, where: dict[Iri, str], known: Mapping[str, Nodes]) -> Iterator[Finding]:
    for consumer, nodes in known.items():
        for node, path in where.items():
            for kind in nodes.values(node, RDF_TYPE):
                for one in rules.asked.get((consumer, kind), ()):
                    if not nodes.values(node, one.predicate):
                        yield Finding(one.consumer, one.severity, path + one.field, one.property)


def _faults(graphs: Mapping[str, Graph]) -> Iterator[Finding]:
    """Tell of values that could not be written as they are; what one profile says after another is told once."""
    told: set[tuple[str, str, str]] = set()
    for name, graph in graphs.items():
        for problem in graph.problems:
            key = (problem.field, problem.fault.value, problem.value)
            if problem.fault != Fault.MISSING and key not in told:
                told.add(key)
                severity = Severity.REPAIRED if problem.fault == Fault.REPAIRED_IRI else Severity.LEFT_OUT
                yield Finding(Consumer(name), severity, problem.field, problem.fault.value, problem.value)


def _for_bodik(bodik: Bodik, dataset: dict[str, Any]) -> Iterator[Finding]:
    consumer, tags = Consumer.BODIK, set(as_list(dataset.get("tags") or []))
    chosen = str(dataset.get("standard") or "")
    own = bodik.tags.get(chosen, "")
    if str(dataset.get("license_id") or "") not in bodik.open_licences:
        yield Finding(consumer, Severity.REJECTED, "license_id", "open_licence", str(dataset.get("license_id") or ""))
    if own:
        for tag in (bodik.tag, own):
            if tag not in tags:
                yield Finding(consumer, Severity.LACKING, "tag_string", "tag", tag)
    else:
        likely = _named_in(str(dataset.get("title") or ""), bodik)
        if likely:
            yield Finding(consumer, Severity.LACKING, "standard", "standard", likely)
    if bodik.tag in tags:
        for other in sorted(tags.intersection(bodik.tags.values()) - {own}):
            yield Finding(consumer, Severity.LACKING, "tag_string", "other_tag", other)


def _named_in(title: str, bodik: Bodik) -> str:
    """Return the standard data set that a title names; of several, the one with the longest name."""
    return max((name for name in bodik.names.values() if name in title), key=len, default="")


def _of_any_file(field: str) -> str:
    first, _, rest = field.partition("/")
    return f"{first}/{rest.partition('/')[2]}" if first == "resources" else field
