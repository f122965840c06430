"""The burden ledger summed up: minutes by unit and by work, never by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from ckanext.hokkaido_inventory.domain.duty import Work

__all__ = ["Share", "Summary", "summary"]


@dataclass(frozen=True, slots=True)
class Share:
    """The minutes of one unit in one round, by `Work`; `before` are all its minutes in the round before."""

    unit_id: str
    name: str
    title: str
    rows: int
    minutes: Mapping[str, int] = field(default_factory=dict)
    before: int | None = None

    @property
    def total(self) -> int | None:
        """Return all minutes; nothing when nobody of the unit gave any."""
        return sum(self.minutes.values()) if self.minutes else None

    @property
    def per_row(self) -> float | None:
        """Return minutes by row; nothing without minutes or without rows."""
        return self.total / self.rows if self.total is not None and self.rows else None

    @property
    def difference(self) -> int | None:
        """Return how many minutes more than in the round before; nothing when one of the two is not known."""
        return self.total - self.before if self.total is not None and self.before is not None else None


@dataclass(frozen=True, slots=True)
class Summary:
    """A round as a whole: how many units gave minutes, their sum by work, and the median of the units that gave."""

    units: int
    gave: int
    minutes: Mapping[str, int]
    median: float | None
    per_row: float | None
    difference: int | None

    @property
    def total(self) -> int:
        """Return all minutes."""
        return sum(self.minutes.values())

    @property
    def gave_none(self) -> int:
        """Return the number of units without any minutes."""
        return self.units - self.gave


def summary(shares: Sequence[Share]) -> Summary:
    """Sum up the units of a round.

    Units without minutes are not taken for quick ones: median and minutes by row are of those that gave, and the
    difference is over the units that gave in both rounds.
    """
    gave = [share for share in shares if share.total is not None]
    by_work: Counter[str] = Counter(dict.fromkeys(Work, 0))
    for share in gave:
        by_work.update(share.minutes)
    rows = sum(share.rows for share in gave)
    differences = [share.difference for share in gave if share.difference is not None]
    return Summary(
        units=len(shares),
        gave=len(gave),
        minutes=dict(by_work),
        median=median(_totals(gave)) if gave else None,
        per_row=sum(_totals(gave)) / rows if rows else None,
        difference=sum(differences) if differences else None,
    )


def _totals(shares: Iterable[Share]) -> list[int]:
    return [share.total for share in shares if share.total is not None]
