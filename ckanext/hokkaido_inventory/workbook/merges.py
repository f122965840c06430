"""Merged cells: every cell of a merged area shows what its first one holds."""

from __future__ import annotations

from ckanext.hokkaido_inventory.workbook.grid import Grid

__all__ = ["Merges"]

#: Areas further down than this are not spread: no headings stand there.
_ROWS = 260
_CELLS = 20_000


class Merges:
    """The merged areas in the first rows of a sheet."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._areas: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for top, left, bottom, right in grid.merged:
            if top > _ROWS or (bottom - top + 1) * (right - left + 1) > _CELLS:
                continue
            for row in range(top, min(bottom, _ROWS) + 1):
                for column in range(left, min(right, grid.width) + 1):
                    self._areas[row, column] = (top, left, bottom, right)

    def text(self, row: int, column: int) -> str:
        """Return what a reader sees in a cell."""
        area = self._areas.get((row, column))
        return self._grid.text(area[0], area[1]) if area else self._grid.text(row, column)

    def top(self, row: int, column: int) -> int:
        """Return the first row of the area a cell belongs to."""
        area = self._areas.get((row, column))
        return area[0] if area else row

    def bottom(self, row: int, column: int) -> int:
        """Return the last row of the area a cell belongs to."""
        area = self._areas.get((row, column))
        return area[2] if area else row

    def width(self, row: int, column: int) -> int:
        """Return over how many columns a cell reaches."""
        area = self._areas.get((row, column))
        return area[3] - area[1] + 1 if area else 1
