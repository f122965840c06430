"""Two people changed one row: what each of them wrote, beside what it was (CC-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Clash", "Merge", "merge"]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed, each in another way."""

    key: str
    was: object
    mine: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Merge:
    """The fields nobody disputes with their newest value, and those that a person must decide."""

    settled: dict[str, object]
    clashes: tuple[Clash, ...]


def merge(
    keys: Iterable[str], was: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]
) -> Merge:
    """Join two versions of a row that began from `was`; a blank and an absent value are the same.

    A field that only one of the two changed takes that change. Where `was` is not known, whatever differs is a clash.
    """
    settled: dict[str, object] = {}
    clashes: list[Clash] = []
    for key in keys:
        before, own, other = (_plain(values.get(key)) for values in (was, mine, theirs))
        if own in (other, before):
            settled[key] = other
        elif before == other and key in was:
            settled[key] = own
        else:
            clashes.append(Clash(key, before, own, other))
    return Merge(settled, tuple(clashes))


def _plain(value: object) -> str:
    """Compare as the form sends it: text, with one kind of line break."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
