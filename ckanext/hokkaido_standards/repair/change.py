"""What a repair does to a file, as data: each change with its place, what was put aside, the tables that come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Match

__all__ = ["Change", "Note", "Repaired", "RepairedTable"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change, told by its place in the file as it was.

    :ivar rule: what was done (vocabulary `table_repairs`): mostly the code of the rule that found it.
    :ivar row: number of the row in the file, from 1; nothing where it is about a column or the file.
    :ivar column: heading of the column, as the repaired table has it.
    :ivar place: number of the column in the file, from 1.
    :ivar count: how many rows or columns it stands for.
    """

    rule: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    place: int | None = None
    before: str = ""
    after: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that is no part of a table: a title, a remark, what stands beside it."""

    sheet: str
    row: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class RepairedTable:
    """A table as it goes into a file of its own.

    :ivar name: of that file.
    :ivar frame: the records, in columns named by their place.
    :ivar match: what it is recognised as, after the repair.
    """

    name: str
    headings: tuple[str, ...]
    frame: pl.DataFrame
    match: Match
    sheet: str = ""

    @property
    def standard(self) -> str | None:
        """Return the two digits of its set, if any."""
        return self.match.standard.code if self.match.standard else None


@dataclass(frozen=True, slots=True)
class Repaired:
    """What comes out of one file.

    :ivar name: of the file as it was.
    :ivar tables: nothing for a file that cannot be read.
    :ivar changes: in the order of the file: what concerns all of it, then table by table, repair by repair.
    :ivar left: what is still to be mended or looked at by people, by the places of the file as it was.
    :ivar notes: what belongs to no table, in the order of the file.
    """

    name: str
    tables: Sequence[RepairedTable] = ()
    changes: Sequence[Change] = ()
    left: Sequence[Finding] = ()
    notes: Sequence[Note] = field(default_factory=tuple)

    @property
    def changed(self) -> bool:
        """Tell whether the repaired tables differ from the file."""
        return bool(self.changes)

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of changes by what was done."""
        counted: Counter[str] = Counter()
        for change in self.changes:
            counted[change.rule] += change.count
        return counted
