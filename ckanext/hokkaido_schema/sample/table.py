"""A table of the sample portal and its bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Maker", "Table"]


@dataclass(frozen=True)
class Table:
    """Headings and rows, every row as long as the headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[object]]

    def csv(self) -> bytes:
        """Return the table as CSV in UTF-8 with a byte order mark, which Excel in Japan needs, and CRLF."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.headings)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8-sig")


Maker = Callable[[], Table]
