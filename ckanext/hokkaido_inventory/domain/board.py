"""The response board: what each unit has answered, rolled up over the tree, by bureau and by kind."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.response_state import ResponseState

__all__ = [
    "ANSWERED",
    "ELSEWHERE",
    "MUNICIPALITY",
    "SORTS",
    "Entry",
    "Figures",
    "Filters",
    "Group",
    "Line",
    "Node",
    "arranged",
    "path_to",
    "total",
]

#: In these states the unit has done its part; "none held" is an answer, signed by a named person.
ANSWERED = frozenset({ResponseState.SUBMITTED, ResponseState.NONE_HELD, ResponseState.ENDORSED, ResponseState.APPROVED})

MUNICIPALITY = "municipality"
PREFECTURE = "prefecture"
#: Where units stand that the tree or the vocabulary does not know (any more).
ELSEWHERE = "elsewhere"


class Group(StrEnum):
    """How the board puts units together; `flat` shows each by itself."""

    TREE = "tree"
    BUREAU = "bureau"
    KIND = "kind"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree of organisations."""

    id: str
    name: str
    title: str
    parent: str | None
    kind: str = ""


@dataclass(slots=True)
class Figures:
    """Counts of one unit or of many, and when something last happened in one of them."""

    counts: Counter[str] = field(default_factory=Counter)
    last: datetime | None = None

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    @property
    def rate(self) -> float | None:
        """Return the share of the asked units that have answered, between 0 and 1."""
        return self.counts["answered"] / self.counts["asked"] if self.counts["asked"] else None

    def add(self, other: Figures) -> None:
        """Count another unit's figures in."""
        self.counts.update(other.counts)
        self.last = max(filter(None, (self.last, other.last)), default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """The response of one unit, as the board shows it."""

    unit_id: str
    name: str
    title: str
    kind: str
    bureau: str | None
    state: ResponseState
    deadline: date
    late: bool
    none_held: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    last: datetime | None = None

    @property
    def answered(self) -> bool:
        """Tell whether the unit has done its part."""
        return self.state in ANSWERED

    @property
    def figures(self) -> Figures:
        """Return what this unit adds to every sum that it is part of."""
        own = {"asked": 1, "answered": int(self.answered), "late": int(self.late), self.state.value: 1}
        return Figures(Counter(own) + Counter(self.counts), self.last)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the board: a unit by itself (`line`), or several put together, to be opened by `key`."""

    key: str
    title: str
    figures: Figures
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for. `state` is a `ResponseState`, `unanswered` or `late`; nothing means all."""

    state: str | None = None
    bureau: str | None = None
    query: str = ""

    def keeps(self, line: Line) -> bool:
        """Tell whether a unit is looked for."""
        return (
            self._in_state(line)
            and self.bureau in (None, line.bureau)
            and _folded(self.query) in _folded(f"{line.title} {line.name}")
        )

    def _in_state(self, line: Line) -> bool:
        match self.state:
            case None:
                return True
            case "unanswered":
                return not line.answered
            case "late":
                return line.late
            case state:
                return line.state == state


#: What the board can be sorted by; each gives nothing for an entry that stands at the end either way.
SORTS: dict[str, Callable[[Entry], float | None]] = {
    "rate": lambda entry: entry.figures.rate,
    "last": lambda entry: entry.figures.last.timestamp() if entry.figures.last else None,
    "deadline": lambda entry: entry.line.deadline.toordinal() if entry.line else None,
    "state": lambda entry: list(ResponseState).index(entry.line.state) if entry.line else None,
    **{
        name: (lambda entry, name=name: entry.figures[name])
        for name in (
            *("asked", "answered", "late", "rows", "carried", "new", "changed", "unchanged", "gone", "remarks"),
            *("open", "method", "closed", "unclear", "incomplete"),
        )
    },
}


def arranged(
    group: Group,
    lines: Sequence[Line],
    nodes: Sequence[Node],
    bureaus: Mapping[str, str],
    *,
    at: str | None = None,
    sort: str | None = None,
) -> list[Entry]:
    """Return the rows of the board.

    :param lines: the units that are looked for, in the order in which they shall stand
    :param nodes: the tree, in the order in which its places shall stand
    :param bureaus: titles of the bureaus by code, in their order
    :param at: the entry that was opened: a unit's name in the tree, a code of a bureau, or a kind
    :param sort: a key of `SORTS`, with `-` in front for the largest first
    """
    match group:
        case Group.TREE:
            entries = _in_tree(lines, nodes, at)
        case Group.BUREAU:
            towns = [line for line in lines if line.kind == MUNICIPALITY]
            entries = _by(towns, lambda line: line.bureau if line.bureau in bureaus else None, bureaus, at)
        case Group.KIND:
            entries = _by(lines, lambda line: line.kind or None, {line.kind: line.kind for line in lines}, at)
        case Group.FLAT:
            entries = [_alone(line) for line in lines]
    return _sorted(entries, sort)


def total(lines: Iterable[Line]) -> Figures:
    """Return the sum over units."""
    figures = Figures()
    for line in lines:
        figures.add(line.figures)
    return figures


def path_to(nodes: Sequence[Node], at: str | None) -> list[Node]:
    """Return the way from the top of the tree down to a place; nothing for one that is not there."""
    by_id = {node.id: node for node in nodes}
    here = next((node for node in nodes if node.name == at), None)
    path: list[Node] = []
    while here is not None and here not in path:
        path.append(here)
        here = by_id.get(here.parent or "")
    return path[::-1]


def _in_tree(lines: Sequence[Line], nodes: Sequence[Node], at: str | None) -> list[Entry]:
    own = {line.unit_id: line for line in lines}
    children: defaultdict[str | None, list[Node]] = defaultdict(list)
    known = {node.id for node in nodes}
    for node in nodes:
        children[node.parent if node.parent in known else None].append(node)
    if at == ELSEWHERE:
        return [_alone(line) for line in lines if line.unit_id not in known]
    if at == MUNICIPALITY:
        towns = {
            line.unit_id
            for root in children[None]
            if root.kind == MUNICIPALITY
            for line in _subtree(root, own, children, set())
        }
        return [_alone(line) for line in lines if line.unit_id in towns]
    if at is not None:
        here = next((node for node in nodes if node.name == at), None)
        return _below(here, own, children) if here else []
    return [*_top(own, children), *_strangers(lines, known)]


def _top(own: Mapping[str, Line], children: Mapping[str | None, list[Node]]) -> list[Entry]:
    """Return the first level: the departments of a prefecture instead of the prefecture, all municipalities as one."""
    roots = children.get(None, [])
    towns = [line for root in roots if root.kind == MUNICIPALITY for line in _subtree(root, own, children, set())]
    others = [root for root in roots if root.kind != MUNICIPALITY]
    houses = [root for root in others if children.get(root.id)]
    entries: list[Entry] = []
    for root in others:
        opened = root in houses and (root.kind == PREFECTURE or len(houses) == 1)
        entries += _below(root, own, children) if opened else _folded_up(root, own, children)
    return [*entries, Entry(MUNICIPALITY, "", total(towns))] if towns else entries


def _below(here: Node, own: Mapping[str, Line], children: Mapping[str | None, list[Node]]) -> list[Entry]:
    """Return a place's own answer and what stands below it."""
    entries = [_alone(own[here.id])] if here.id in own else []
    for child in children.get(here.id, []):
        entries += _folded_up(child, own, children)
    return entries


def _folded_up(node: Node, own: Mapping[str, Line], children: Mapping[str | None, list[Node]]) -> list[Entry]:
    """Return one entry for a place with all below it; none when nobody there was asked."""
    inside = list(_subtree(node, own, children, set()))
    if not inside:
        return []
    if len(inside) == 1 and inside[0].unit_id == node.id:
        return [_alone(inside[0])]
    return [Entry(node.name, node.title, total(inside))]


def _subtree(
    node: Node, own: Mapping[str, Line], children: Mapping[str | None, list[Node]], seen: set[str]
) -> Iterable[Line]:
    if node.id in seen:
        # Organisations can be hung into a ring; each is counted once.
        return
    seen.add(node.id)
    if node.id in own:
        yield own[node.id]
    for child in children.get(node.id, []):
        yield from _subtree(child, own, children, seen)


def _strangers(lines: Sequence[Line], known: set[str]) -> list[Entry]:
    """Return one entry for the units whose organisation was deleted: their answers stay in every sum."""
    inside = [line for line in lines if line.unit_id not in known]
    return [Entry(ELSEWHERE, "", total(inside))] if inside else []


def _by(
    lines: Sequence[Line], key_of: Callable[[Line], str | None], titles: Mapping[str, str], at: str | None
) -> list[Entry]:
    grouped: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[key_of(line) or ELSEWHERE].append(line)
    if at is not None:
        return [_alone(line) for line in grouped.get(at, [])]
    order = dict.fromkeys([*titles, ELSEWHERE])
    return [Entry(key, titles.get(key, ""), total(grouped[key])) for key in order if key in grouped]


def _alone(line: Line) -> Entry:
    return Entry(line.name, line.title, line.figures, line)


def _sorted(entries: list[Entry], sort: str | None) -> list[Entry]:
    value = SORTS.get((sort or "").removeprefix("-"))
    if value is None:
        return entries
    there = [entry for entry in entries if value(entry) is not None]
    missing = [entry for entry in entries if value(entry) is None]
    return [*sorted(there, key=lambda entry: value(entry) or 0, reverse=(sort or "").startswith("-")), *missing]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
