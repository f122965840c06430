"""What became of the check of a stored file."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CheckState"]


class CheckState(StrEnum):
    """`CHECKED` has a report; the others say why there is none.

    `UNREADABLE` has one, too: it says why there is no table in the file. `MISSING`: the file is not where it should be.
    """

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    LARGE = "large"
    MISSING = "missing"
