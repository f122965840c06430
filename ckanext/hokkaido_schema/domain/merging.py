"""Why organisations cannot be merged."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ckanext.hokkaido_schema.domain.tree import Tree, obstacle

__all__ = ["MergeObstacle", "merge_obstacle"]


class MergeObstacle(StrEnum):
    """Why organisations cannot be merged."""

    NOTHING = "nothing"
    ITSELF = "itself"
    BELOW = "below"
    CHILD = "child"


def merge_obstacle(tree: Tree, from_ids: Sequence[str], to_id: str) -> MergeObstacle | None:
    """Say why some organisations cannot go into another one, or nothing when they can."""
    if not from_ids:
        return MergeObstacle.NOTHING
    if to_id in from_ids:
        return MergeObstacle.ITSELF
    if any(unit.id in from_ids for unit in tree.ancestors(to_id)):
        return MergeObstacle.BELOW
    children = [child for from_id in from_ids for child in tree.children(from_id) if child.id not in from_ids]
    if any(child.id != to_id and obstacle(tree, child.id, child.kind, to_id) for child in children):
        return MergeObstacle.CHILD
    return None
