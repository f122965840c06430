"""The sentences of findings, from the vocabulary `table_rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ckanext.hokkaido_schema.shared import Item, vocabulary
from ckanext.hokkaido_standards.domain.finding import Finding

__all__ = ["Sentences", "done", "officials", "place_in_report", "questions", "rule_of", "sentences", "weight"]

_VOCABULARY, _REPAIRS = "table_rules", "table_repairs"


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is wrong, why that matters, and what to do next."""

    message: str
    why: str
    remedy: str


def rule_of(code: str) -> Item:
    """Return a rule by its code.

    :raises LookupError: when there is none.
    """
    item = vocabulary(_VOCABULARY).get(code)
    if item is None:
        raise LookupError(code)
    return item


def weight(code: str) -> str:
    """Return how much a finding of a rule weighs: `wrong`, `warn`, `told` or `asked`."""
    return rule_of(code).get("weight", "wrong")


def officials(code: str) -> tuple[str, ...]:
    """Return the machine-readability rules that a finding of a rule breaks."""
    item = rule_of(code)
    return (item["official"], *item.get("also", ())) if item.get("official") else ()


def questions() -> tuple[Item, ...]:
    """Return the rules that only a person can judge."""
    return tuple(item for item in vocabulary(_VOCABULARY) if item.get("asked"))


@cache
def place_in_report() -> Mapping[str, int]:
    """Return at which place findings of each rule stand in a report."""
    return {item.code: place for place, item in enumerate(vocabulary(_VOCABULARY))}


def sentences(finding: Finding, language: str = "ja") -> Sentences:
    """Return the sentences of a finding in Japanese or English."""
    item = rule_of(finding.rule)
    tongue = "en" if language.partition("_")[0] == "en" else "ja"
    params: dict[str, Any] = {
        "value": finding.value,
        "column": finding.column,
        "row": finding.row or "",
        "sheet": finding.sheet,
        "count": finding.count,
        **finding.params,
    }
    return Sentences(*(item[part][tongue].format_map(params) for part in ("message", "why", "remedy")))


def done(code: str, language: str = "ja") -> str:
    """Return what a repair has done, in Japanese or English.

    :raises LookupError: when there is no repair of this code.
    """
    item = vocabulary(_REPAIRS).get(code)
    if item is None:
        raise LookupError(code)
    return item.label(language)
