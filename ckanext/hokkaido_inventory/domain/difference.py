"""The ways in which a holding can differ between two published rounds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["COMPARED", "Kind", "changed_fields", "kinds_of"]

#: Columns of the public copy that are compared, in the order in which they are shown; the decision is its own kind.
COMPARED = (
    "title",
    "description",
    "reason",
    "law",
    "review_on",
    "blocking_step",
    "theme",
    "format",
    "update_frequency",
    "machine_readability",
    "record_count",
    "priority",
)


class Kind(StrEnum):
    """How a holding differs; `opened` means that its dataset has become public since the earlier round."""

    ADDED = "added"
    GONE = "gone"
    RECLASSIFIED = "reclassified"
    CHANGED = "changed"
    OPENED = "opened"

    @property
    def wording(self) -> Wording:
        """Return the name of the kind."""
        return _WORDING[self]


_WORDING = {
    Kind.ADDED: Wording("追加", "Added"),
    Kind.GONE: Wording("廃止", "Gone"),
    Kind.RECLASSIFIED: Wording("公開可否の変更", "Reclassified"),
    Kind.CHANGED: Wording("内容の変更", "Changed"),
    Kind.OPENED: Wording("新しく公開", "Newly open"),
}


def changed_fields(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Return the compared columns that differ; no value, an empty one and 0 are the same."""
    return tuple(name for name in COMPARED if (before.get(name) or None) != (after.get(name) or None))


def kinds_of(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None, *, opened: bool
) -> tuple[Kind, ...]:
    """Return in which ways a holding differs, in the order of the kinds; none when it does not."""
    found = []
    if before is None and after is not None:
        found.append(Kind.ADDED)
    if before is not None and after is None:
        found.append(Kind.GONE)
    if before is not None and after is not None:
        if before["decision"] != after["decision"]:
            found.append(Kind.RECLASSIFIED)
        if changed_fields(before, after):
            found.append(Kind.CHANGED)
    if opened and after is not None:
        found.append(Kind.OPENED)
    return tuple(found)
