"""How far a municipality is with a standard data set."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Cell", "Coverage", "furthest"]


class Coverage(StrEnum):
    """Steps, each of which holds the ones before it.

    `LISTED`: its inventory names the data. `PUBLISHED`: a dataset that everybody finds has it. `JOINED`: a file has
    the headings of the standard, in any form of it, and its rows are in the one table. `VALID`: the check of that file
    finds nothing wrong. `CURRENT`: that dataset is not overdue by its own update frequency either.
    """

    ABSENT = "absent"
    LISTED = "listed"
    PUBLISHED = "published"
    JOINED = "joined"
    VALID = "valid"
    CURRENT = "current"


_STEPS = tuple(Coverage)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one municipality and one standard.

    :ivar url: path of the page that tells of the data: of the inventory, or of the dataset.
    :ivar form: the form of the file's headings, where a file was read.
    :ivar wrong: places in that file that are wrong.
    :ivar overdue: whether an update of it is overdue.
    """

    state: Coverage = Coverage.ABSENT
    title: str = ""
    url: str = ""
    form: str = ""
    wrong: int = 0
    overdue: bool = False


def furthest(one: Cell | None, other: Cell) -> Cell:
    """Return the cell that is further on, the first one of equals."""
    if one is None or _STEPS.index(other.state) > _STEPS.index(one.state):
        return other
    return one
