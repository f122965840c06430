"""A table while it is repaired: whatever changes it is recorded with its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.checks.registry import Look
from ckanext.hokkaido_standards.domain.recognition import Match, Recognizer
from ckanext.hokkaido_standards.domain.region import Box
from ckanext.hokkaido_standards.repair.change import Change
from ckanext.hokkaido_standards.tables.grid import Area, Grid
from ckanext.hokkaido_standards.tables.table import Table, TableFile

__all__ = ["Draft"]


@dataclass
class Draft:
    """A table of a file.

    :ivar file: as it was read, with its grids.
    :ivar grid: the sheet that the table stands in.
    :ivar table: as it is now; its rows keep their numbers in the file.
    :ivar titles: what may name its set, beside its headings.
    :ivar places: number in the file of each column, from 1.
    :ivar filled: merged areas of the file that need no more mending.
    """

    file: TableFile
    grid: Grid
    table: Table
    region: Box
    recognizer: Recognizer
    titles: Sequence[str]
    places: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    filled: set[Area] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = [self.table.place(index) for index in range(self.table.frame.width)]

    @property
    def frame(self) -> pl.DataFrame:
        """Return the records as they are now."""
        return self.table.frame

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as they are now."""
        return self.table.headings

    def recognized(self, headings: Sequence[str]) -> Match:
        """Return what the table is recognised as under some headings."""
        return self.recognizer.recognize(headings, *self.titles)

    def look(self) -> Look:
        """Return the table as rules look at it, every place told."""
        return Look(self.file, self.table, self.recognized(self.headings), self.region, None)

    def free_heading(self, heading: str, place: int) -> bool:
        """Say whether no other column has a heading."""
        key = comparison_key(heading)
        return all(comparison_key(other) != key for at, other in enumerate(self.headings) if at != place)

    def replace_values(self, place: int, better: Mapping[str, tuple[str, str]]) -> None:
        """Write the values of a column otherwise.

        :param better: value as it is -> the rule, and the value as it is to be.
        """
        column = self.frame[str(place)]
        wrong = column.is_in(list(better))
        for index, before in zip(wrong.arg_true().to_list(), column.filter(wrong).to_list(), strict=True):
            self._record(better[before][0], index, place, before, better[before][1])
        values = {before: after for before, (_rule, after) in better.items()}
        self._put(place, column.replace(list(values), list(values.values())))

    def put(self, rule: str, place: int, cells: Mapping[int, str]) -> None:
        """Write single cells of a column, by the place of their records from 0."""
        if not cells:
            return
        column = self.frame[str(place)]
        for index, after in cells.items():
            self._record(rule, index, place, column[index], after)
        self._put(place, column.scatter(list(cells), list(cells.values())))

    def rename(self, rule: str, place: int, heading: str) -> None:
        """Give a column another heading."""
        before = self.headings[place]
        headings = (*self.headings[:place], heading, *self.headings[place + 1 :])
        self.table = replace(self.table, headings=headings)
        self.changes.append(
            Change(rule, self.table.sheet, self.table.heading_row, heading, self.places[place], before, heading)
        )

    def move(self, rule: str, old: int, new: int) -> None:
        """Record that a column is to stand elsewhere in the table; `arrange` moves it."""
        told = (str(old + 1), str(new + 1))
        heading = self.headings[old]
        self.changes.append(Change(rule, self.table.sheet, None, heading, self.places[old], *told))

    def arrange(self, order: Sequence[int]) -> None:
        """Keep these columns, in this order, without recording it."""
        frame = self.frame.select(pl.col(str(old)).alias(str(new)) for new, old in enumerate(order))
        self.table = replace(self.table, headings=tuple(self.headings[old] for old in order), frame=frame)
        self.places = [self.places[old] for old in order]

    def drop(self, rule: str, places: Iterable[int]) -> None:
        """Take columns out."""
        gone = set(places)
        for place in sorted(gone):
            self.changes.append(Change(rule, self.table.sheet, column=self.headings[place], place=self.places[place]))
        if gone:
            self.arrange([place for place in range(self.frame.width) if place not in gone])

    def drop_rows(self, rule: str, rows: Collection[int]) -> None:
        """Take records out, by their rows in the file; what stands there is kept with the change."""
        if not rows:
            return
        numbers = [self.table.row(index) for index in range(self.frame.height)]
        gone = pl.Series([number in rows for number in numbers])
        for index in gone.arg_true():
            before = " / ".join(cell.strip() for cell in self.frame.row(index) if cell.strip())
            self.changes.append(Change(rule, self.table.sheet, numbers[index], before=before))
        kept = [number for number in numbers if number not in rows]
        self.table = replace(self.table, frame=self.frame.filter(~gone), numbers=kept)

    def index_of(self) -> Mapping[int, int]:
        """Return the place from 0 of each record by its row in the file."""
        return {self.table.row(index): index for index in range(self.frame.height)}

    def told(self) -> Iterator[Change]:
        """Yield the changes in their order, each with the heading that its column has now."""
        now = dict(zip(self.places, self.headings, strict=True))
        for change in self.changes:
            heading = now.get(change.place or 0, change.column)
            yield change if heading == change.column else replace(change, column=heading)

    def areas(self) -> Iterator[Area]:
        """Yield the merged areas of the sheet."""
        yield from sorted(self.grid.merged)

    def _record(self, rule: str, index: int, place: int, before: str, after: str) -> None:
        row, number = self.table.row(index), self.places[place]
        self.changes.append(Change(rule, self.table.sheet, row, self.headings[place], number, before, after))

    def _put(self, place: int, column: pl.Series) -> None:
        self.table = replace(self.table, frame=self.frame.with_columns(column.alias(str(place))))
