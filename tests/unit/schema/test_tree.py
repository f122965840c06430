"""The tree of organisations: who may stand under whom."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_schema.domain.tree import Obstacle, Tree, Unit, obstacle


@pytest.fixture
def tree() -> Tree:
    return Tree.of(
        [
            Unit("1", "hokkaido", "北海道", "prefecture"),
            Unit("2", "kensetsu-bu", "建設部", "department", "1"),
            Unit("3", "doro-ka", "道路課", "department", "2"),
            Unit("4", "somu-bu", "総務部", "department", "1"),
            Unit("5", "sapporo-shi", "札幌市", "municipality"),
        ]
    )


def test_ancestors_come_root_first(tree: Tree) -> None:
    assert [unit.name for unit in tree.ancestors("3")] == ["hokkaido", "kensetsu-bu"]


def test_descendants_come_parents_first(tree: Tree) -> None:
    assert [unit.name for unit in tree.descendants("1")] == ["kensetsu-bu", "doro-ka", "somu-bu"]


def test_the_list_shows_each_unit_under_its_parent(tree: Tree) -> None:
    assert [(unit.name, depth) for unit, depth in tree.listed()] == [
        ("hokkaido", 0), ("kensetsu-bu", 1), ("doro-ka", 2), ("somu-bu", 1), ("sapporo-shi", 0),
    ]  # fmt: skip


def test_a_unit_is_found_by_id_and_by_name(tree: Tree) -> None:
    assert tree.find("3") == tree.find("doro-ka")
    assert tree.find("nobody") is None
    assert tree.find("") is None


@pytest.mark.parametrize(
    ("unit", "kind", "parent", "expected"),
    [
        ("3", "department", "somu-bu", None),
        (None, "department", "doro-ka", None),
        (None, "department", "sapporo-shi", None),
        (None, "bureau", "hokkaido", None),
        ("5", "municipality", "hokkaido", Obstacle.ROOT_KIND),
        (None, "municipality", "hokkaido", Obstacle.ROOT_KIND),
        ("1", "prefecture", "sapporo-shi", Obstacle.ROOT_KIND),
        ("2", "department", "kensetsu-bu", Obstacle.SELF),
        ("2", "department", "doro-ka", Obstacle.CYCLE),
        ("2", "department", "3", Obstacle.CYCLE),
        ("2", "department", "nowhere", Obstacle.UNKNOWN),
    ],
)
def test_a_place_in_the_tree_is_allowed_or_says_why_not(
    tree: Tree, unit: str | None, kind: str, parent: str, expected: Obstacle | None
) -> None:
    assert obstacle(tree, unit, kind, parent) is expected


def test_a_loop_in_old_data_does_not_hang() -> None:
    tree = Tree.of([Unit("a", "a", "a", "department", "b"), Unit("b", "b", "b", "department", "a")])
    assert len(tree.ancestors("a")) == 2
    assert {unit.id for unit in tree.descendants("a")} == {"b"}


def test_a_unit_whose_parent_is_gone_is_a_root() -> None:
    tree = Tree.of([Unit("a", "a", "a", "department", "deleted")])
    assert [unit.id for unit in tree.roots()] == ["a"]
