"""The organisations as a directory: the prefecture's tree, the municipalities by bureau, everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ckanext.hokkaido_core.domain.text import reading_key

__all__ = ["Directory", "Entry", "arrange"]

#: What the prefecture consists of, in the order in which it is shown.
_KINDS = ("prefecture", "department", "bureau")


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation with what a reader looks for it by; `datasets` is how many it has that the reader may see."""

    name: str
    title: str
    kind: str
    depth: int
    kana: str = ""
    english: str = ""
    bureau: str = ""
    code: str = ""
    datasets: int = 0

    def answers(self, words: Iterable[str]) -> bool:
        """Tell whether every word stands in one of the names."""
        names = [reading_key(one) for one in (self.title, self.kana, self.english, self.name)]
        return all(any(word in name for name in names) for word in words)


@dataclass(frozen=True, slots=True)
class Directory:
    """What the list of organisations shows; `found` is used when words were given, the rest when none were."""

    found: tuple[Entry, ...]
    prefecture: tuple[tuple[Entry, ...], ...]
    municipalities: Mapping[str, tuple[Entry, ...]]
    others: tuple[Entry, ...]


def arrange(entries: Iterable[Entry], bureaus: Iterable[str], words: str = "") -> Directory:
    """Arrange organisations, each right under its parent, as a directory.

    :param bureaus: codes of the bureaus in the order in which they are shown.
    :param words: what to look for in the names; blanks part the words, readings count in either script.
    """
    entries = tuple(entries)
    wanted = [reading_key(word) for word in words.split()]
    found = tuple(entry for entry in entries if entry.answers(wanted)) if wanted else ()
    towns = sorted((entry for entry in entries if entry.kind == "municipality"), key=lambda town: town.code)
    places = {code: tuple(town for town in towns if town.bureau == code) for code in bureaus}
    without = tuple(town for town in towns if town.bureau not in places)
    trees, others = _trees(entry for entry in entries if entry.kind != "municipality")
    return Directory(found, trees, {code: there for code, there in places.items() if there}, (*without, *others))


def _trees(entries: Iterable[Entry]) -> tuple[tuple[tuple[Entry, ...], ...], tuple[Entry, ...]]:
    """Cut the prefecture's tree into the prefecture itself and its departments, each with what stands below it."""
    branches: list[list[Entry]] = []
    others: list[Entry] = []
    inside = False
    for entry in entries:
        if entry.depth == 0:
            inside = entry.kind in _KINDS
        if not inside or entry.kind not in _KINDS:
            others.append(entry)
        elif entry.depth <= 1 or not branches:
            branches.append([entry])
        else:
            branches[-1].append(entry)
    branches.sort(key=lambda branch: (branch[0].depth, _KINDS.index(branch[0].kind), branch[0].bureau))
    return tuple(tuple(branch) for branch in branches), tuple(others)
