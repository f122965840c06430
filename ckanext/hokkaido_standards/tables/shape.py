"""Where the tables are in the grids of a file."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.hokkaido_standards.domain.finding import Finding
from ckanext.hokkaido_standards.tables.grid import Grid
from ckanext.hokkaido_standards.tables.table import Table

__all__ = ["shape"]


def shape(grids: Sequence[Grid]) -> tuple[list[Table], list[Finding]]:
    """Return the tables of the sheets of a file, or of a text, and what is wrong with how they stand there."""
    tables = []
    for grid in grids:
        if grid.frame.height:
            headings = tuple(text.strip() for text in grid.frame.row(0))
            tables.append(Table(headings, grid.frame.slice(1), 1, grid.name))
    return tables, []
