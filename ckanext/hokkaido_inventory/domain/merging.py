"""Merging a row of a file with the row that is stored: what the file says of it, and when the two are in conflict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum

from ckanext.hokkaido_inventory.domain.audit import Change

__all__ = ["CONFLICT", "Side", "fingerprint", "settled"]

#: The count of rows in conflict, beside the counts by `Change`.
CONFLICT = "conflict"


class Side(StrEnum):
    """Whose text is kept where a file and the portal are in conflict: the file's or the stored one."""

    MINE = "mine"
    THEIRS = "theirs"


def fingerprint(values: Mapping[str, object], change: str | None) -> str:
    """Return a short mark of a row as a workbook shows it, by which an untouched row is known again.

    `values` are the answers by key, blanks as None or empty; `change` is what its column 変更区分 says.
    """
    shown = {key: value for key, value in values.items() if value not in (None, "")}
    text = json.dumps([shown, change or ""], ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def settled(stored: str, declared: Change | None, computed: str | None) -> str:
    """Return how a row stands to the round before once a file has spoken of it.

    :param stored: the change stored now.
    :param declared: what the file declares in its column 変更区分; nothing where it is blank.
    :param computed: what follows from edited cells; nothing when no cell was edited.
    """
    present = computed or stored
    if declared is Change.GONE:
        return Change.GONE
    if declared is None or present == Change.NEW:
        return present
    if declared is Change.UNCHANGED and computed:
        # Edited cells weigh more than the word beside them.
        return computed
    return declared
