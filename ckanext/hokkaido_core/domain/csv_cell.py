"""Text cells of published CSV files, made harmless for spreadsheet programs (UP-07).

A text that a spreadsheet would take for a formula (it starts with = + - @ or their full-width forms, also after blanks
or quotation marks, or with a tab or a carriage return) gets one apostrophe in front. A text that starts with
apostrophes before such a sign gets one more, so that `restore` always gives back exactly what was written.
"""

from __future__ import annotations

import re

__all__ = ["neutralise", "restore"]

_RISKY = re.compile(r"'*(?:[\t\r\n]|[\s\"“”‘’＂＇]*[=+\-@＝＋－＠])")


def neutralise(text: str) -> str:
    """Return the text as it is written into a cell."""
    return f"'{text}" if _RISKY.match(text) else text


def restore(cell: str) -> str:
    """Return the text that `neutralise` made this cell of."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell
