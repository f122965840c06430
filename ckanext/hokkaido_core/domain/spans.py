"""Many numbers in few signs: 3-5、8."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["spans"]


def spans(numbers: Iterable[int], most: int = 10) -> str:
    """Return numbers in ascending order as runs, such as 3-5、8; where there are more than `most` runs, … ends them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:most]]
    return "、".join([*named, "…"] if len(runs) > most else named)
