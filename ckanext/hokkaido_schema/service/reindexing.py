"""Writing datasets into CKAN's index again after their rows were changed in a transaction of our own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox

__all__ = ["REINDEX", "ask_to_reindex"]

#: Kind of message of the outbox; its payload is `{"ids": [...]}`.
REINDEX = "schema.reindex"
_BATCH = 100


def ask_to_reindex(session: Session, dataset_ids: Sequence[str]) -> None:
    """Have datasets indexed once the transaction is committed."""
    for start in range(0, len(dataset_ids), _BATCH):
        outbox.put(session, REINDEX, {"ids": list(dataset_ids[start : start + _BATCH])})
