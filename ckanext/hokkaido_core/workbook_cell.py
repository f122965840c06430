"""A cell of a workbook as text, as a CSV would hold it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

__all__ = ["cell_text"]

#: Whole numbers up to here are exact as floating point numbers.
_EXACT = 1e15


def cell_text(cell: object) -> str:
    """Return a value of python-calamine as text: numbers without needless fraction, dates as ISO 8601, no NUL."""
    if isinstance(cell, str):
        # A workbook writes characters that XML lacks as _x0000_; the database takes no NUL.
        cell = cell.replace("\0", "") if "\0" in cell else cell
        return cell.replace("\r\n", "\n") if "\r" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        whole = cell.time() == time()
        return cell.date().isoformat() if whole else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta | int) else str(cell).replace("\r\n", "\n")
