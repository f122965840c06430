"""Which organisations can be merged."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.merging import MergeObstacle, merge_obstacle
from ckanext.hokkaido_schema.domain.tree import Tree, Unit

TREE = Tree.of(
    [
        Unit("pref", "pref", "道", "prefecture"),
        Unit("kensetsu", "kensetsu", "建設部", "department", "pref"),
        Unit("doro", "doro", "道路課", "department", "kensetsu"),
        Unit("kasen", "kasen", "河川課", "department", "kensetsu"),
        Unit("kakari", "kakari", "河川係", "department", "kasen"),
    ]
)


@pytest.mark.parametrize(
    ("olds", "new", "problem"),
    [
        ([], "doro", MergeObstacle.NOTHING),
        (["doro"], "doro", MergeObstacle.ITSELF),
        (["doro", "kasen"], "kasen", MergeObstacle.ITSELF),
        (["kasen"], "kakari", MergeObstacle.BELOW),
        (["kensetsu"], "kakari", MergeObstacle.BELOW),
        (["doro"], "kasen", None),
        (["kasen"], "doro", None),
        (["kakari", "kasen"], "doro", None),
        (["doro", "kasen"], "pref", None),
    ],
)
def test_organisations_are_merged_only_where_the_tree_stays_one(
    olds: list[str], new: str, problem: MergeObstacle | None
) -> None:
    assert merge_obstacle(TREE, olds, new) is problem
