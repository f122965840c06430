"""What a workbook does not show to whoever opens it, though it counts like everything else (UP-09)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["HiddenPart", "said"]


def N_(message: str) -> str:  # noqa: N802  The name is what the extraction of messages looks for.
    """Mark a sentence for the message catalogue without translating it yet."""
    return message


_SENTENCES: Mapping[str, str] = {
    "rows": N_(
        "Sheet “{sheet}”: hidden rows count like the others ({count}: row {where}). Delete them from the file if they"
        " are not meant."
    ),
    "columns": N_(
        "Sheet “{sheet}”: hidden columns count like the others (column {where}). Look at what they hold, too."
    ),
    "sheet_read": N_("Sheet “{sheet}” is hidden in the file, and counts like the others."),
    "sheet_not_read": N_(
        "Sheet “{sheet}” is hidden in the file and was not read. Show it in a file of its own to take it in."
    ),
}


@dataclass(frozen=True, slots=True)
class HiddenPart:
    """Rows, columns or a sheet that is hidden.

    :ivar code: `rows`, `columns`, `sheet_read` or `sheet_not_read`.
    :ivar where: numbers of the rows or letters of the columns.
    :ivar count: how many rows or columns.
    """

    code: str
    sheet: str
    where: str = ""
    count: int = 0

    def stored(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)


def said(part: Mapping[str, Any], translate: Callable[[str], str] = str) -> dict[str, Any]:
    """Return a stored part with its sentence, `message`."""
    return {**part, "message": translate(_SENTENCES[part["code"]]).format(**part)}
