"""The rules of the response board: roll-up over the tree, groups, filters and order."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.hokkaido_inventory.domain.board import Filters, Group, Line, Node, arranged, path_to, total
from ckanext.hokkaido_inventory.domain.response_state import ResponseState as S

NODES = [
    Node("h", "hokkaido", "北海道", None),
    Node("k", "kensetsu-bu", "建設部", "h"),
    Node("r", "kasen-ka", "河川課", "k"),
    Node("d", "doro-ka", "道路課", "k"),
    Node("j", "joho-ka", "情報政策課", "h"),
    Node("b", "biei-cho", "美瑛町", None, "municipality"),
    Node("s", "biei-somu-ka", "美瑛町総務課", "b"),
    Node("t", "tobetsu-cho", "当別町", None, "municipality"),
]
BUREAUS = {"01": "空知総合振興局", "02": "石狩振興局", "08": "上川総合振興局"}


def line(unit_id: str, state: S = S.NOT_STARTED, *, late: bool = False, **more: object) -> Line:
    node = next((node for node in NODES if node.id == unit_id), Node(unit_id, unit_id, unit_id, None))
    town = unit_id in "bt"
    values = {"kind": "municipality" if town else "department", "bureau": {"b": "08", "t": "02"}.get(unit_id)}
    return Line(
        unit_id, node.name, node.title, state=state, late=late, deadline=date(2026, 12, 18), none_held=False,
        **values | more,
    )  # fmt: skip


def shown(group: Group, lines: list[Line], **more: str) -> list[tuple[str, int, int]]:
    entries = arranged(group, lines, NODES, BUREAUS, **more)
    return [(entry.key, entry.figures["answered"], entry.figures["asked"]) for entry in entries]


LINES = [line("r", S.APPROVED), line("d", late=True), line("j", S.NONE_HELD), line("b"), line("t", S.SUBMITTED)]


@pytest.mark.parametrize(
    ("group", "at", "expected"),
    [
        (Group.TREE, None, [("kensetsu-bu", 1, 2), ("joho-ka", 1, 1), ("municipality", 1, 2)]),
        (Group.TREE, "kensetsu-bu", [("kasen-ka", 1, 1), ("doro-ka", 0, 1)]),
        (Group.TREE, "no-such", []),
        (Group.TREE, "municipality", [("biei-cho", 0, 1), ("tobetsu-cho", 1, 1)]),
        (Group.BUREAU, None, [("02", 1, 1), ("08", 0, 1)]),
        (Group.BUREAU, "08", [("biei-cho", 0, 1)]),
        (Group.KIND, None, [("department", 2, 3), ("municipality", 1, 2)]),
        (Group.KIND, "municipality", [("biei-cho", 0, 1), ("tobetsu-cho", 1, 1)]),
    ],
)
def test_units_are_put_together(group: Group, at: str | None, expected: list[tuple[str, int, int]]) -> None:
    assert shown(group, LINES, at=at) == expected


def test_a_department_that_answers_itself_stands_above_its_sections() -> None:
    lines = [*LINES, line("k", S.SUBMITTED)]
    assert shown(Group.TREE, lines)[0] == ("kensetsu-bu", 2, 3)
    assert shown(Group.TREE, lines, at="kensetsu-bu")[0] == ("kensetsu-bu", 1, 1)


def test_a_unit_whose_organisation_is_gone_stays_in_the_sums() -> None:
    lines = [*LINES, line("x")]
    assert shown(Group.TREE, lines)[-1] == ("elsewhere", 0, 1)
    assert shown(Group.TREE, lines, at="elsewhere") == [("x", 0, 1)]
    assert shown(Group.BUREAU, [line("b", bureau=None)]) == [("elsewhere", 0, 1)]


def test_a_ring_of_organisations_ends() -> None:
    ring = [Node("h", "h", "h", None), Node("a", "a", "a", "h"), Node("b", "b", "b", "a"), Node("a", "a", "a", "b")]
    entries = arranged(Group.TREE, [line("a"), line("b")], ring, {})
    assert [entry.figures["asked"] for entry in entries] == [2]
    loop = [Node("a", "a", "a", "b"), Node("b", "b", "b", "a")]
    assert [node.id for node in path_to(loop, "a")] == ["b", "a"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), "rdjbt"),
        (Filters(state="unanswered"), "db"),
        (Filters(state="late"), "d"),
        (Filters(state="none_held"), "j"),
        (Filters(bureau="08"), "b"),
        (Filters(query="ＢＩＥＩ"), "b"),
        (Filters(query="道路", state="approved"), ""),
    ],
)
def test_filters(filters: Filters, kept: str) -> None:
    assert "".join(one.unit_id for one in LINES if filters.keeps(one)) == kept


def test_order_and_the_way_down() -> None:
    lines = [line("r", counts={"rows": 3}), line("d", counts={"rows": 9}, last=datetime(2026, 12, 1, tzinfo=UTC))]
    assert [key for key, *_ in shown(Group.FLAT, lines, sort="-rows")] == ["doro-ka", "kasen-ka"]
    # What never happened stands at the end in either direction.
    assert [key for key, *_ in shown(Group.FLAT, lines, sort="last")] == ["doro-ka", "kasen-ka"]
    assert [key for key, *_ in shown(Group.FLAT, lines, sort="no-such")] == ["kasen-ka", "doro-ka"]
    assert [node.name for node in path_to(NODES, "kasen-ka")] == ["hokkaido", "kensetsu-bu", "kasen-ka"]


@given(
    st.lists(
        st.builds(line, st.sampled_from("hkrdjbstx"), st.sampled_from(S)), max_size=9, unique_by=lambda one: one.unit_id
    )
)
def test_whatever_answers_the_tree_and_the_kinds_count_each_unit_once(lines: list[Line]) -> None:
    whole = total(lines)
    for group in (Group.TREE, Group.KIND, Group.FLAT):
        entries = arranged(group, lines, NODES, BUREAUS)
        assert sum(entry.figures["asked"] for entry in entries) == whole["asked"] == len(lines)
        assert sum(entry.figures["answered"] for entry in entries) == whole["answered"]
