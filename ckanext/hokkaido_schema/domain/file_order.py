"""The order of the files of a dataset."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["moved"]


def moved(order: Sequence[str], file_id: str, step: int) -> list[str]:
    """Return an order in which one file stands so many places further down (up for a negative step), within the list.

    A file that is not there moves nothing.
    """
    found = list(order)
    if file_id not in found:
        return found
    place = found.index(file_id)
    found.insert(max(0, place + step), found.pop(place))
    return found
