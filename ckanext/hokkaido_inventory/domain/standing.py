"""How a row stands to the round before: what follows from its content, and what a person says with one click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.row import Content, changed_keys

__all__ = ["SAYABLE", "Progress", "compared", "edited", "progress", "said"]

#: What a person may say of a row; new and changed follow from what stands in it.
SAYABLE = (Change.UNCHANGED, Change.GONE, Change.CARRIED)


def compared(content: Content, before: Content | None) -> Change:
    """Return how a row that somebody has looked at stands to what was said of it in the round before."""
    if before is None:
        return Change.NEW
    return Change.CHANGED if changed_keys(before, content) else Change.UNCHANGED


def edited(present: str, content: Content, before: Content | None) -> Change:
    """Return how a row stands after an edit; what is gone stays gone until somebody takes that back."""
    return Change.GONE if present == Change.GONE else compared(content, before)


def said(word: Change, content: Content, before: Content | None) -> Change:
    """Return how a row stands after somebody said `word` of it.

    Nobody can call a changed row unchanged: "unchanged" says that the row is right as it is now. Taking back brings a
    row to where it was: not looked at, when it says what the round before said.

    :raises ValueError: when the word is none of `SAYABLE`, or a row of this round is called gone.
    """
    if word not in SAYABLE or (word is Change.GONE and before is None):
        raise ValueError(word)
    if word is Change.GONE:
        return word
    result = compared(content, before)
    return Change.CARRIED if word is Change.CARRIED and result is Change.UNCHANGED else result


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the looking through has come: all rows, those looked at, those that are gone."""

    rows: int
    looked_at: int
    gone: int

    @property
    def carried(self) -> int:
        """Return how many rows nobody has looked at yet."""
        return self.rows - self.looked_at


def progress(changes: Iterable[str] | Mapping[str, int]) -> Progress:
    """Count rows by how they stand; a mapping holds counts already."""
    counts: dict[str, int] = dict(changes) if isinstance(changes, Mapping) else {}
    if not isinstance(changes, Mapping):
        for change in changes:
            counts[change] = counts.get(change, 0) + 1
    rows = sum(counts.values())
    return Progress(rows, rows - counts.get(Change.CARRIED, 0), counts.get(Change.GONE, 0))
