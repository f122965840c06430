"""Which standard data set a table is meant to be, told by its headings, and by its name where these do not tell."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.domain.definition import Column, Form, Standard

__all__ = ["Dialect", "Match", "Recognizer", "is_sure"]

#: A table whose headings agree less than this, and that no name tells, is none of the sets.
_LEAST = 0.4
#: A name that tells a set counts as much as so large a part of its headings.
_BY_NAME = 0.45
#: A heading of so many sets or fewer is a mark of them.
_RARE = 5
#: A name that the headings tell counts half: they may speak of things that the table is not about.
_BY_HEADINGS = 0.2
#: So many marks of a set, and so large a part of its own headings, tell a small table.
_MARKS, _MOSTLY = 2, 0.6
#: So sure must be whoever changes headings to those of the set; or so many of them, and so large a part, are known.
_SURE, _FEWEST, _NEARLY_ALL = 0.5, 5, 0.8
#: What is said in brackets after a heading is a remark or a unit, unless it makes another thing of it.
_REMARK = re.compile(r"\([^()]*\)$")
_OTHER_THING = re.compile("かな|カナ|英|ローマ|通称|開始|終了|開設|合計|男|女")
_WORD = re.compile(r"[A-Za-z]{2}|[A-Za-z]$")
#: How the generations head the code of the body; the older one in two ways.
_CURRENT = comparison_key("全国地方公共団体コード")
_LEGACY = comparison_key("都道府県コード又は市区町村コード")
_CITY = frozenset(map(comparison_key, ("市区町村コード", "市区町村名")))


class Dialect(StrEnum):
    """How the headings of a table are written."""

    CURRENT = "current"
    LEGACY = "legacy"
    ENGLISH = "english"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Match:
    """What a table was recognised as.

    :ivar standard: the set, or nothing.
    :ivar form: the form of the set that its headings are nearest to; nothing where only its name tells the set.
    :ivar confidence: 0 to 1.
    :ivar columns: place of a heading (from 0) -> what it says in this set.
    """

    standard: Standard | None
    form: Form | None
    dialect: Dialect
    confidence: float
    columns: Mapping[int, Column] = field(default_factory=dict)


def is_sure(match: Match, headings: Sequence[str]) -> bool:
    """Say whether a table is so surely of its set that its headings may be changed to those of the set.

    Most of the set's weight, or its name and some of it, says so; or nearly all headings are known there.
    """
    if match.standard is None or match.form is None:
        return False
    known, named = len(match.columns), sum(1 for heading in headings if heading.strip())
    return match.confidence >= _SURE or (known >= _FEWEST and known >= named * _NEARLY_ALL)


class Recognizer:
    """Knows all sets, and how much each heading tells of which one it is."""

    def __init__(self, standards: Iterable[Standard]) -> None:
        self._standards = tuple(standards)

    def recognize(self, headings: Sequence[str], *titles: str) -> Match:
        """Return which set a table is meant to be.

        :param headings: of the table, in its order; blanks are allowed.
        :param titles: title of the data, name of the file, of the sheet; the first one that names a set is believed.
        """
        keys = self._told([comparison_key(heading) for heading in headings])
        by_title = next(filter(None, (self._named(comparison_key(title)) for title in titles)), set[str]())
        bonus = dict.fromkeys(by_title, _BY_NAME) or dict.fromkeys(self._named(" ".join(keys)), _BY_HEADINGS)
        best = max(self._scored(keys, bonus), key=lambda one: one[0], default=None)
        dialect = _dialect(headings, keys)
        if best is None or best[0] < _LEAST:
            return Match(None, None, dialect, 0.0)
        score, standard, form = best
        if form == Form.LEGACY and _is_current(standard, keys, dialect):
            # A table with few columns is nearer to the older form, which has fewer, whatever its headings say.
            form = Form.CURRENT
        columns = dict(self._columns(standard, form, keys)) if form else {}
        return Match(standard, form, dialect, min(1.0, score), columns)

    def _told(self, keys: Sequence[str]) -> list[str]:
        """Return the keys of headings, without a remark in brackets where only that keeps one from being known."""
        told = []
        for key in keys:
            remark = _REMARK.search(key)
            bare = key[: remark.start()] if remark and not _OTHER_THING.search(remark[0]) else key
            told.append(bare if key not in self._all and bare in self._all and bare not in keys else key)
        return told

    def _named(self, text: str) -> set[str]:
        """Return the codes of the sets that a text names, by the longest of all words in it."""
        found = [
            (len(word), standard.code)
            for standard in self._standards
            for word in map(comparison_key, (*standard.words, standard.ja))
            if word in text
        ]
        longest = max(found, default=(0, ""))[0]
        return {code for length, code in found if length == longest}

    def _scored(self, keys: Sequence[str], bonus: Mapping[str, float]) -> Iterator[tuple[float, Standard, Form | None]]:
        for standard in self._standards:
            named = bonus.get(standard.code, 0.0)
            yield named, standard, None
            for form, share, rare in self._shares(standard, keys):
                if named or rare:
                    yield share + named, standard, form

    def _shares(self, standard: Standard, keys: Sequence[str]) -> Iterator[tuple[Form, float, bool]]:
        """Yield for each form how well the headings agree with it, and whether one of them is a mark of the set."""
        present = [key for key in keys if key]
        for form, columns in standard.forms.items():
            known = self._keys[standard.code, form]
            hits = {known[key] for key in present if key in known}
            if len(hits) < 2:  # noqa: PLR2004 - one heading alone tells nothing.
                continue
            found = sum(self._weight(name) for name in hits)
            of_form = sum(self._weight(column.concept.key) for column in columns)
            of_table = found + self._unknown * sum(key not in known for key in present)
            marks = sum(self._counted[name] <= _RARE for name in hits)
            # The harmonic mean of both shares: a few headings of a large set and a few of a large table are no proof.
            share = 2 * found / (of_form + of_table)
            if marks >= _MARKS and found >= _MOSTLY * of_table:
                # A small table that says hardly anything but what is said in this set alone.
                share = max(share, _LEAST)
            yield form, share, marks > 0

    def _columns(self, standard: Standard, form: Form, keys: Sequence[str]) -> Iterator[tuple[int, Column]]:
        known = self._keys[standard.code, form]
        by_key = {column.concept.key: column for column in standard.forms[form]}
        taken: set[str] = set()
        for place, key in enumerate(keys):
            name = known.get(key)
            if name and name not in taken:
                taken.add(name)
                yield place, by_key[name]

    @cached_property
    def _keys(self) -> dict[tuple[str, Form], dict[str, str]]:
        """For each set and form: comparison key of a heading -> key of what it says."""
        found = {}
        for standard in self._standards:
            for form, columns in standard.forms.items():
                known: dict[str, str] = {}
                # What stands in this form itself goes before what means the same elsewhere.
                for names_of in (_own, _other):
                    for column in columns:
                        for name in names_of(column, standard):
                            known.setdefault(comparison_key(name), column.concept.key)
                found[standard.code, form] = known
        return found

    @cached_property
    def _all(self) -> frozenset[str]:
        """Comparison keys of all headings of all sets."""
        return frozenset(key for known in self._keys.values() for key in known)

    @cached_property
    def _counted(self) -> Counter[str]:
        """In how many sets each thing is said."""
        return Counter(
            name
            for standard in self._standards
            for name in {column.concept.key for columns in standard.forms.values() for column in columns}
        )

    def _weight(self, name: str) -> float:
        """Return how much a heading tells: one that stands in nearly every set tells next to nothing."""
        return 0.2 + math.log(len(self._standards) / self._counted[name])

    @cached_property
    def _unknown(self) -> float:
        """Weight of a heading that no set has: publishers add columns, so it counts less than one that is known."""
        return 0.5 * sum(map(self._weight, self._counted)) / max(1, len(self._counted))


def _own(column: Column, standard: Standard) -> tuple[str, ...]:
    bare = column.heading.removeprefix(f"{standard.prefix}_") if standard.prefix else column.heading
    return (column.heading, bare)


def _other(column: Column, _standard: Standard) -> tuple[str, ...]:
    return (column.concept.ja, *column.concept.also, column.concept.key, *column.concept.english)


def _is_current(standard: Standard, keys: Sequence[str], dialect: Dialect) -> bool:
    """Say whether headings are written as the current form of a set has them, rather than the older one."""
    if Form.CURRENT not in standard.forms or dialect == Dialect.LEGACY:
        return False
    as_in = {
        form: len(set(keys) & {comparison_key(column.heading) for column in standard.forms[form]})
        for form in (Form.CURRENT, Form.LEGACY)
    }
    return dialect == Dialect.CURRENT or as_in[Form.CURRENT] > as_in[Form.LEGACY]


def _dialect(headings: Sequence[str], keys: Sequence[str]) -> Dialect:
    """Return the dialect; the generations differ in how they head the code of the body."""
    filled = [unicodedata.normalize("NFKC", heading) for heading in headings if heading.strip()]
    if filled and all(heading.isascii() and _WORD.search(heading) for heading in filled):
        return Dialect.ENGLISH
    if any(key == _CURRENT or key.endswith(f"_{_CURRENT}") for key in keys):
        return Dialect.CURRENT
    return Dialect.LEGACY if _LEGACY in keys or _CITY.issubset(keys) else Dialect.OTHER
