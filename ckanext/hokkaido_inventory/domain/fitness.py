"""Suitability and fitness for an API, counted as by the formulas of the official form (GIF 465-3, sheet 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["API_KEYS", "SUITABILITY_KEYS", "Count", "Verdict", "api_fitness", "suitability"]

SUITABILITY_KEYS = ("fit_council", "fit_report", "fit_statistics", "fit_budget", "fit_information")
API_KEYS = ("mashup_geospatial", "mashup_business", "mashup_local", "mashup_other")

_YES, _NO, _UNCLEAR = "yes", "no", "unclear"
#: Data renewed at least daily counts as frequent, from so many records on as many (cells K and N).
_FREQUENT = frozenset({"minute", "hour", "day"})
_MANY = 10_000


class Verdict(StrEnum):
    """What a formula says where it does not give a number."""

    COUNTED = "counted"
    NOT_APPLICABLE = "not_applicable"
    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"

    @property
    def wording(self) -> Wording:
        """Return the text; the Japanese one is what the form's formulas compute."""
        return _WORDING[self]


_WORDING = {
    Verdict.COUNTED: Wording("該当", "Applies"),
    Verdict.NOT_APPLICABLE: Wording("非該当", "Does not apply"),
    Verdict.UNCLEAR: Wording("要確認", "To be checked"),
    Verdict.INCOMPLETE: Wording("未回答項目有り", "Answers missing"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many criteria apply; `number` is meaningful when `verdict` is `counted` (and 0 otherwise)."""

    verdict: Verdict
    number: int = 0

    @property
    def shown(self) -> str | int:
        """Return what the cell of the form shows."""
        return self.number if self.verdict is Verdict.COUNTED else self.verdict.wording.ja


def suitability(answers: Mapping[str, object]) -> Count:
    """Return how many of the five criteria of suitability apply (cell J); more of them mean more weight."""
    return _count([answers.get(key) for key in SUITABILITY_KEYS])


def api_fitness(answers: Mapping[str, object]) -> Count:
    """Return how many of the six criteria for an API apply (cell W): K and N are computed, R to U answered."""
    interval, records = answers.get("update_interval"), answers.get("record_count")
    frequent = isinstance(interval, int) and interval > 0 and answers.get("update_unit") in _FREQUENT
    many = isinstance(records, int) and records >= _MANY
    computed = [_YES if applies else _NO for applies in (frequent, many)]
    return _count([*computed, *(answers.get(key) for key in API_KEYS)])


def _count(cells: Sequence[object]) -> Count:
    if cells.count(_UNCLEAR) == len(cells):
        return Count(Verdict.UNCLEAR)
    if cells.count(_NO) == len(cells):
        return Count(Verdict.NOT_APPLICABLE)
    if number := cells.count(_YES):
        return Count(Verdict.COUNTED, number)
    if cells.count(_NO) + cells.count(_UNCLEAR) == len(cells):
        return Count(Verdict.UNCLEAR)
    return Count(Verdict.INCOMPLETE)
