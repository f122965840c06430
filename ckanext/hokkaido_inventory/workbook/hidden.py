"""Rows and columns that a file does not show: they are read like any other, and told (UP-09)."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils.cell import get_column_letter

from ckanext.hokkaido_core.domain.spans import spans
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.workbook.grid import Grid
from ckanext.hokkaido_inventory.workbook.proposal import Proposal
from ckanext.hokkaido_inventory.workbook.table import Table, filled_cells

__all__ = ["about_hidden"]


def about_hidden(grid: Grid, table: Table, proposals: Sequence[Proposal]) -> list[Finding]:
    """Tell which rows and which columns of a table are hidden although they are taken in."""
    rows = [row for row in sorted(grid.scan.hidden_rows) if row >= table.body and any(filled_cells(grid, row))]
    taken = {proposal.heading.index for proposal in proposals if proposal.field}
    columns = sorted(grid.scan.hidden_columns & taken)
    findings = [grid.at("rows_hidden", hidden=spans(rows), count=len(rows))] if rows else []
    letters = "、".join(map(get_column_letter, columns))
    return findings + ([grid.at("columns_hidden", None, columns[0], hidden=letters)] if columns else [])
