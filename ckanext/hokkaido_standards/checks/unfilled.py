"""Rows of a template that nobody has filled in: they hold nothing but the municipality, and are no records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from ckanext.hokkaido_standards.checks.registry import RULES, Look
from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.domain.recognition import Match
from ckanext.hokkaido_standards.domain.template import IN_EVERY_ROW
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["Unfilled", "filled"]


def filled(table: Table, match: Match) -> tuple[Table, tuple[int, ...]]:
    """Return a table without its unfilled rows, and the numbers of these in the file."""
    given = {str(place) for place, column in match.columns.items() if column.concept.key in IN_EVERY_ROW}
    others = [name for name in table.frame.columns if name not in given]
    # A list of municipalities has no other columns, and its rows are what it is about.
    if not given or not others:
        return table, ()
    given_only = pl.all_horizontal(pl.col(others) == "") & pl.any_horizontal(pl.col(sorted(given)) != "")
    marks = table.frame.select(given_only.alias("0"))["0"]
    if not marks.any():
        return table, ()
    rows = [table.row(index) for index in range(table.frame.height)]
    kept = [number for number, mark in zip(rows, marks, strict=True) if not mark]
    left = tuple(number for number, mark in zip(rows, marks, strict=True) if mark)
    return replace(table, frame=table.frame.filter(~marks), numbers=kept), left


class Unfilled:
    """That there are such rows, once a table."""

    code = "table-unfilled"

    def check(self, look: Look) -> Iterator[Finding]:
        if look.unfilled:
            params: dict[str, str | int] = {"rows": len(look.unfilled)}
            yield Finding(self.code, look.table.sheet, look.unfilled[0], params=params)


RULES.add(Unfilled.code, Unfilled())
