"""When rows of different units look as if they were about the same data, and why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.personal_columns import split_columns

__all__ = ["Likeness", "Profile", "Sign", "candidates", "grouped", "likeness", "profile", "title_of"]


class Sign(StrEnum):
    """What speaks for the same data."""

    SAME_TITLE = "same_title"
    LIKE_TITLE = "like_title"
    LAW = "law"
    SYSTEM = "system"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a row: keys of its title, law, system and columns."""

    id: str
    unit_id: str
    title: str
    law: str = ""
    system: str = ""
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two rows look alike (0 to 100), and the signs of it."""

    score: int
    signs: tuple[Sign, ...]


#: From this score on two rows are shown as alike.
ALIKE = 70
_TITLE_WEIGHT = 0.7
_LAW, _SYSTEM, _COLUMNS = 10, 15, 15
_LIKE_TITLE = 80
#: Titles below this ratio are about something else, whatever law and system they share.
_LEAST_TITLE = 55
#: Titles kept under one pair of characters.
_FILED = 40
_FEWEST_COLUMNS, _SHARED_COLUMNS = 3, 0.5

_YEARS = re.compile(r"(?:令和|平成|昭和|[rhs])(?:元|\d{1,2})年?度?|(?:19|20)\d{2}年?度?")
_BRACKETS = re.compile(r"[【\[（(〔「『][^】\])）〕」』]*[】\])）〕」』]|[、。,./_\-~「」『』]")
_NUMBERS = re.compile(r"\d+")
_EVERYWHERE = re.compile("^(?:北海道|道内|全道|市内|町内|村内|本市|本町|本村|当課)")


def title_of(title: str, unit_title: str = "") -> str:
    """Return the key of a title without the name of its unit, years and what stands in brackets."""
    bare = _YEARS.sub("", comparison_key(title))
    unit = comparison_key(unit_title)
    shorter = _EVERYWHERE.sub("", _BRACKETS.sub("", bare.replace(unit, "") if unit else bare))
    return shorter or _BRACKETS.sub("", bare) or bare


def profile(
    row_id: str, unit_id: str, title: str, *, unit_title: str = "", answers: Mapping[str, object] | None = None
) -> Profile:
    """Return what is compared of a row; of one that is known by its public copy the answers are few or none."""
    said = answers or {}
    columns = frozenset(comparison_key(column) for column in split_columns(str(said.get("columns") or "")))
    law = comparison_key(str(said.get("law") or ""))
    return Profile(
        row_id, unit_id, title_of(title, unit_title), law, comparison_key(str(said.get("system_name") or "")), columns
    )


def likeness(one: Profile, other: Profile, title_ratio: float) -> Likeness:
    """Return how much two rows look alike.

    :param title_ratio: how alike the keys of their titles are, 0 to 100. Titles that differ in a number (第1, 第2) are
        about different things.
    """
    if title_ratio < _LEAST_TITLE or _NUMBERS.findall(one.title) != _NUMBERS.findall(other.title):
        return Likeness(0, ())
    signs: list[Sign] = []
    same = one.title == other.title
    if same or title_ratio >= _LIKE_TITLE:
        signs.append(Sign.SAME_TITLE if same else Sign.LIKE_TITLE)
    score = title_ratio * _TITLE_WEIGHT + (ALIKE - 100 * _TITLE_WEIGHT if same else 0)
    for sign, agrees, weight in (
        (Sign.LAW, bool(one.law) and one.law == other.law, _LAW),
        (Sign.SYSTEM, bool(one.system) and one.system == other.system, _SYSTEM),
        (Sign.COLUMNS, _overlap(one.columns, other.columns) >= _SHARED_COLUMNS, _COLUMNS),
    ):
        if agrees:
            signs.append(sign)
            score += weight
    return Likeness(min(round(score), 100), tuple(signs))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < _FEWEST_COLUMNS:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def _grams(title: str) -> set[str]:
    return {title[start : start + 2] for start in range(len(title) - 1)} or {title}


def candidates(titles: Sequence[str], *, share: float = 0.5) -> Iterator[tuple[int, int]]:
    """Yield pairs of titles that share at least `share` of their pairs of characters, each pair once, by position.

    Of each title only its rarest pairs are filed: two titles whose sets overlap that much must meet in one of them
    (prefix filtering). A pair of characters that very many titles have keeps the last of them only, so that the work
    grows with the number of titles and not with its square; sorted titles that are alike stand near one another.
    """
    grams = [_grams(title) for title in titles]
    often = Counter(gram for of_title in grams for gram in of_title)
    filed: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_FILED))
    for position, of_title in enumerate(grams):
        rare = sorted(of_title, key=lambda gram: (often[gram], gram))
        prefix = rare[: len(rare) - _least_shared(len(rare), share) + 1]
        met: set[int] = set()
        for gram in prefix:
            met.update(filed[gram])
            filed[gram].append(position)
        for other in sorted(met):
            sizes = len(of_title) + len(grams[other])
            if len(of_title & grams[other]) * (1 + share) >= share * sizes:
                yield other, position


def _least_shared(count: int, share: float) -> int:
    """Return how many members a set of `count` must share with another for their Jaccard index to reach `share`."""
    return max(1, -int(-share * count // 1))


def grouped(
    profiles: Sequence[Profile], ratio: Callable[[str, str], float], *, alike: int = ALIKE
) -> list[tuple[Likeness, list[Profile]]]:
    """Return groups of rows of at least two units that look alike, the largest first.

    Rows with the same title are one cluster from the start; then clusters whose titles are alike are joined, judged by
    their first members. The likeness of a group is that of its least alike join.
    """
    clusters: defaultdict[str, list[Profile]] = defaultdict(list)
    for one in profiles:
        if one.title:
            clusters[one.title].append(one)
    titles = sorted(clusters)
    joins = _Joins(len(titles))
    for first, second in candidates(titles):
        found = _best(clusters[titles[first]], clusters[titles[second]], ratio(titles[first], titles[second]))
        if found.score >= alike:
            joins.join(first, second, found)
    groups = []
    for found, members in joins.groups():
        # The most usual title comes first: the group is called by it.
        usual = sorted((clusters[titles[position]] for position in members), key=len, reverse=True)
        groups.append((found, [one for cluster in usual for one in cluster]))
    wanted = [(found, group) for found, group in groups if len({one.unit_id for one in group}) > 1]
    return sorted(wanted, key=lambda pair: (-len(pair[1]), -pair[0].score, pair[1][0].title))


#: So many members of a cluster are compared: all have the same title.
_COMPARED = 3


def _best(ones: Sequence[Profile], others: Sequence[Profile], title_ratio: float) -> Likeness:
    pairs = (likeness(one, other, title_ratio) for one in ones[:_COMPARED] for other in others[:_COMPARED])
    return max(pairs, key=lambda found: found.score)


class _Joins:
    """Clusters that are joined step by step; each group remembers the weakest join."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._weakest = [Likeness(100, (Sign.SAME_TITLE,))] * count

    def _root(self, position: int) -> int:
        while self._parent[position] != position:
            self._parent[position] = self._parent[self._parent[position]]
            position = self._parent[position]
        return position

    def join(self, first: int, second: int, found: Likeness) -> None:
        one, other = self._root(first), self._root(second)
        if one != other:
            self._parent[other] = one
            weakest = min(self._weakest[one], self._weakest[other], found, key=lambda like: like.score)
            self._weakest[one] = weakest

    def groups(self) -> Iterable[tuple[Likeness, list[int]]]:
        members: defaultdict[int, list[int]] = defaultdict(list)
        for position in range(len(self._parent)):
            members[self._root(position)].append(position)
        return [(self._weakest[root], positions) for root, positions in members.items()]
