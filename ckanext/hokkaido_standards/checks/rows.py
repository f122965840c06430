"""Rows against each other: identifiers, and rows that are there twice."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ckanext.hokkaido_standards.checks.columns import BLANK, INDEX, VALUE, at, cells, listed, said
from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.definition import Obligation
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.values import Fault

__all__ = ["BlankIds", "DoubleIds", "DoubleRows", "Mandatory"]

#: What identifies a record of its set. An identifier of a dataset or school stands in several rows rightly.
_IDS = ("id", "file_id", "facility_id", "equipment_id")
#: Rows of fewer columns may say the same rightly: a table of words, a column of counts.
_FEWEST = 4


def _ids(look: Look) -> list[int]:
    """Return the places of what identifies a record: its own identifier, else those of what it belongs to."""
    places = [(place, concept.key) for place, concept in sorted(said(look).items()) if concept.key in _IDS]
    own = [place for place, key in places if key == _IDS[0]]
    return own or [place for place, _key in places]


class Mandatory:
    """Blanks where the official definition demands a value."""

    code = "value-mandatory"

    def check(self, look: Look) -> Iterator[Finding]:
        if look.match.standard is None or not look.match.standard.obligations:
            return
        for place, column in sorted(look.match.columns.items()):
            if column.obligation == Obligation.MANDATORY:
                found = cells(look.table.frame, place, pl.col(VALUE).str.contains(BLANK))
                yield from listed(look, place, found, dict.fromkeys(found[VALUE].unique(), Fault(self.code)))


class BlankIds:
    """Identifiers that are blank: told once a column, for many files have none at all."""

    code = "row-id-blank"

    def check(self, look: Look) -> Iterator[Finding]:
        for place in _ids(look):
            found = cells(look.table.frame, place, pl.col(VALUE).str.contains(BLANK))
            if found.height:
                yield at(look, place, found[INDEX][0], "", Fault(self.code), found.height)


class DoubleIds:
    """Identifiers that stand in more than one row."""

    code = "row-id-double"

    def check(self, look: Look) -> Iterator[Finding]:
        for place in _ids(look):
            column = look.table.frame[str(place)]
            if column.n_unique() == column.len():
                continue
            found = cells(look.table.frame, place, ~pl.col(VALUE).str.contains(BLANK))
            yield from _again(look, place, self.code, found.filter(pl.col(VALUE).is_duplicated()))


class DoubleRows:
    """Rows that say the same as one above them, whatever their identifier."""

    code = "row-double"

    def check(self, look: Look) -> Iterator[Finding]:
        ids = {str(place) for place, concept in said(look).items() if concept.key in _IDS}
        names = [name for name in look.table.frame.columns if name not in ids]
        if len(names) < _FEWEST:
            return
        frame = look.table.frame.select(names)
        marks = frame.hash_rows()
        if marks.n_unique() == marks.len():
            return
        index = pl.arange(0, frame.height, eager=True, dtype=pl.UInt32).alias(INDEX)
        same = frame.with_columns(index).filter(marks.is_duplicated())
        # Two rows with one mark need not be the same, and blank rows are told of where the file was read.
        filled = pl.any_horizontal(~pl.col(name).str.contains(BLANK) for name in names)
        same = same.filter(pl.struct(names).is_duplicated() & filled)
        found = same.select(INDEX, pl.struct(names).hash().cast(pl.String).alias(VALUE))
        yield from _again(look, None, self.code, found)


def _again(look: Look, place: int | None, rule: str, found: pl.DataFrame) -> Iterator[Finding]:
    """Yield the cells whose value stands in an earlier one, and in which row."""
    first = found.group_by(VALUE).agg(pl.col(INDEX).min().alias("first"))
    later = found.join(first, on=VALUE, maintain_order="left").filter(pl.col(INDEX) > pl.col("first"))
    told = later if look.most is None else later.head(look.most + 1)
    for number, (index, value, earlier) in enumerate(told.select(INDEX, VALUE, "first").iter_rows(), 1):
        fault = Fault(rule, params={"first": look.table.row(earlier)})
        count = later.height - number + 1 if look.most is not None and number > look.most else 1
        if place is None:
            yield Finding(rule, look.table.sheet, look.table.row(index), params=fault.params, count=count)
        else:
            yield at(look, place, index, value, fault, count)


for _rule in (Mandatory(), BlankIds(), DoubleIds(), DoubleRows()):
    RULES.add(_rule.code, _rule)
