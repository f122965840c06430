"""What people want to know of a report at first sight, from the report as data (`Report.as_dict`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.hokkaido_standards.wording import weight

__all__ = ["Digest", "Group", "Worst", "digest", "groups"]

#: The order in which findings are worth a look.
_ORDER = ("wrong", "warn", "told", "asked")


@dataclass(frozen=True, slots=True)
class Worst:
    """The first place that a rule has found, and how many there are like it."""

    finding: Mapping[str, Any]
    count: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A report at first sight.

    :ivar counts: number of places by weight: `wrong`, `warn`, `told`.
    :ivar repairable: how many of the findings that are told one by one a machine can mend.
    :ivar worst: the rules that matter most, one finding of each.
    """

    readable: bool
    counts: Mapping[str, int]
    repairable: int
    worst: tuple[Worst, ...]

    @property
    def valid(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.readable and not self.counts["wrong"]

    @property
    def clean(self) -> bool:
        """Tell whether nothing is to be mended or looked at."""
        return self.valid and not self.counts["warn"]


def digest(report: Mapping[str, Any], most: int = 3) -> Digest:
    """Return the digest of a report.

    :param most: how many rules are named.
    """
    counts = dict.fromkeys(_ORDER[:3], 0)
    for rule, count in report["counts"].items():
        counts[weight(rule)] += count
    first: dict[str, Mapping[str, Any]] = {}
    for finding in report["findings"]:
        first.setdefault(finding["rule"], finding)
    # Rules that break a table come before those that many cells break, and notes are no news here.
    ranked = sorted(
        (one for one in first.values() if one["weight"] in _ORDER[:2]),
        key=lambda one: (_ORDER.index(one["weight"]), -report["counts"][one["rule"]]),
    )
    worst = tuple(Worst(one, report["counts"][one["rule"]]) for one in ranked[:most])
    repairable = sum(one["count"] for one in report["findings"] if one["repairable"])
    return Digest(bool(report["tables"]), counts, repairable, worst)


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule has found.

    :ivar findings: those that a page shows, in the order of the report.
    :ivar hidden: how many places there are beside them.
    """

    rule: str
    weight: str
    why: str
    count: int
    findings: tuple[Mapping[str, Any], ...]
    hidden: int
    repairable: bool


def groups(report: Mapping[str, Any], most: int = 50) -> list[Group]:
    """Return the findings of a report rule by rule: what is wrong first, what is only told last.

    :param most: findings of one rule that a page shows.
    """
    by_rule: dict[str, list[Mapping[str, Any]]] = {}
    for finding in report["findings"]:
        by_rule.setdefault(finding["rule"], []).append(finding)
    found = [_group(rule, found, report["counts"][rule], most) for rule, found in by_rule.items()]
    return sorted(found, key=lambda one: _ORDER.index(one.weight))


def _group(rule: str, found: list[Mapping[str, Any]], count: int, most: int) -> Group:
    shown = tuple(found[:most])
    told = sum(one["count"] for one in shown)
    # The one that stands for those that were not listed is not one place among others.
    return Group(
        rule, found[0]["weight"], found[0]["why"], count, shown, count - told, any(one["repairable"] for one in found)
    )
