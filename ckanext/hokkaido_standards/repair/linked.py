"""LinkData files: their first column names the records, under the sign that marks the row of headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_standards.repair.change import Change
from ckanext.hokkaido_standards.tables.grid import Grid, filled
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["of_subjects", "with_subjects"]

_SIGN = "#property"
_ID, _NUMBER = "ID", "番号"


def with_subjects(grid: Grid, table: Table) -> Table:
    """Return a LinkData table with the column that names its records, if anything stands there; any other as it is."""
    if not table.left or not table.heading_first or not _is_sign(_sign(grid, table)):
        return table
    rows = [table.row(index) - 1 for index in range(table.frame.height)]
    subjects = grid.frame[str(table.left - 1)].gather(rows)
    if not filled(subjects).any():
        return table
    names = {comparison_key(heading) for heading in table.headings}
    free = (name for name in (_ID, _NUMBER, _SIGN) if comparison_key(name) not in names)
    heading = next(free) if filled(subjects).all() and subjects.n_unique() == subjects.len() else _SIGN
    others = table.frame.select(pl.col(str(place)).alias(str(place + 1)) for place in range(table.frame.width))
    frame = pl.DataFrame([subjects.alias("0"), *others])
    return replace(table, headings=(heading, *table.headings), frame=frame, left=table.left - 1)


def of_subjects(grid: Grid, table: Table) -> Iterator[Change]:
    """Yield that the column has got a heading."""
    sign = _sign(grid, table) if table.heading_first else ""
    if _is_sign(sign) and table.headings[0] != sign:
        yield Change(
            "table-linkdata",
            table.sheet,
            table.heading_first,
            table.headings[0],
            table.place(0),
            sign,
            table.headings[0],
        )


def _sign(grid: Grid, table: Table) -> str:
    """Return what stands before the first heading of a table, or what its first one was."""
    place = max(0, table.left - 1)
    row = grid.frame.row(table.heading_first - 1)
    first = row[place].strip()
    return first if _is_sign(first) else row[table.left].strip()


def _is_sign(text: str) -> bool:
    return text.lower().startswith(_SIGN)
