"""What stands over a column of an office's own list."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter

__all__ = ["Heading"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its number, its heading in full with the groups above it, and the lowest part of it."""

    index: int
    text: str
    leaf: str

    @property
    def letter(self) -> str:
        """Return the letter of the column."""
        return get_column_letter(self.index)
