"""The tree of organisations as a pure structure: who stands under whom, and which moves are allowed.

Municipalities are roots: CKAN's admin role cascades down a tree, and they are not subordinate to the prefecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

__all__ = ["ROOT_KINDS", "Obstacle", "Tree", "Unit", "obstacle"]

#: Kinds of organisation that never have a parent.
ROOT_KINDS = frozenset({"municipality", "prefecture"})


class Obstacle(StrEnum):
    """Why an organisation cannot stand where it was put."""

    UNKNOWN = "unknown"
    SELF = "self"
    CYCLE = "cycle"
    ROOT_KIND = "root_kind"


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation of the tree; `parent` is the id of the one above, or nothing."""

    id: str
    name: str
    title: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True)
class Tree:
    """All organisations by id."""

    units: Mapping[str, Unit]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Tree:
        """Build a tree from its units."""
        return cls({unit.id: unit for unit in units})

    @cached_property
    def _by_name(self) -> dict[str, Unit]:
        return {unit.name: unit for unit in self.units.values()}

    @cached_property
    def _children(self) -> dict[str | None, list[Unit]]:
        found: dict[str | None, list[Unit]] = {}
        for unit in self.units.values():
            above = unit.parent if unit.parent in self.units else None
            found.setdefault(above, []).append(unit)
        return found

    def find(self, id_or_name: str | None) -> Unit | None:
        """Return a unit by its id or its name."""
        if not id_or_name:
            return None
        return self.units.get(id_or_name) or self._by_name.get(id_or_name)

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """Return the units right under one."""
        return tuple(self._children.get(unit_id, ()))

    def roots(self) -> tuple[Unit, ...]:
        """Return the units without a parent."""
        return tuple(self._children.get(None, ()))

    def ancestors(self, unit_id: str) -> tuple[Unit, ...]:
        """Return the units above one, the root first; a loop in old data ends the walk."""
        path: list[Unit] = []
        unit = self.units.get(unit_id)
        while unit and unit.parent in self.units and self.units[unit.parent] not in path:
            unit = self.units[unit.parent]
            path.append(unit)
        return tuple(reversed(path))

    def descendants(self, unit_id: str) -> tuple[Unit, ...]:
        """Return all units below one, parents before children."""
        return tuple(unit for unit, _depth in self._walk(unit_id, 1))

    def listed(self) -> tuple[tuple[Unit, int], ...]:
        """Return every unit with its depth, each right under its parent."""
        return tuple(self._walk(None, 0))

    def _walk(self, above: str | None, depth: int) -> Iterator[tuple[Unit, int]]:
        seen = {above}
        waiting = [(unit, depth) for unit in reversed(self._children.get(above, []))]
        while waiting:
            unit, level = waiting.pop()
            if unit.id in seen:
                continue
            seen.add(unit.id)
            yield unit, level
            waiting += [(child, level + 1) for child in reversed(self._children.get(unit.id, []))]


def obstacle(tree: Tree, unit_id: str | None, kind: str, parent: str) -> Obstacle | None:
    """Say why a unit cannot stand under a parent, or nothing when it can.

    :param unit_id: id of the unit, nothing for one that is being made.
    :param kind: kind of the unit, as it will be stored.
    :param parent: id or name of the parent.
    """
    if kind in ROOT_KINDS:
        return Obstacle.ROOT_KIND
    above = tree.find(parent)
    if above is None:
        return Obstacle.UNKNOWN
    if unit_id is None:
        return None
    if above.id == unit_id:
        return Obstacle.SELF
    if unit_id in {unit.id for unit in tree.ancestors(above.id)}:
        return Obstacle.CYCLE
    return None
