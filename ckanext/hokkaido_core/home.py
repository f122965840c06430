"""What the front page shows of siblings that core does not know (design D21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.registry import Registry

__all__ = ["WANTED", "Wanted", "most_wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that people have asked for; `note` says how it stands, such as how many ask."""

    title: str
    url: str
    note: str = ""


Source = Callable[[int], Sequence[Wanted]]

#: Each names up to so many things that people want most, the most wanted first, as far as the visitor may see them.
WANTED: Registry[Source] = Registry()


def most_wanted(limit: int, sources: Iterable[Source] = WANTED) -> list[Wanted]:
    """Return what people want most, a sibling's list after the other's; nothing while nobody keeps such a list."""
    found = [one for source in sources for one in source(limit)]
    return found[:limit]
