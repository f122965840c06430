"""Keys of bulk requests, kept for a month: a client that did not hear the answer may ask again (CC-03)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.refusal import KeyReused
from ckanext.hokkaido_inventory.model import Receipt, Response

__all__ = ["find", "keep"]

_KEPT = timedelta(days=30)


def find(session: Session, response: Response, key: str, request: object) -> list[str] | None:
    """Return the ids of the rows that this request made when it came the first time, nothing when it is new.

    :param request: what was asked, as JSON.
    :raises KeyReused: when the key was given to another request.
    """
    found = session.execute(
        sa.select(Receipt).where(Receipt.response_id == response.id, Receipt.key == key)
    ).scalar_one_or_none()
    if found is None:
        return None
    if found.digest != _digest(request):
        raise KeyReused(key)
    return list(found.answers)


def keep(session: Session, response: Response, key: str, request: object, ids: Sequence[str], *, at: datetime) -> None:
    """Remember a request that was carried out, and forget the old ones of the response."""
    session.execute(sa.delete(Receipt).where(Receipt.response_id == response.id, Receipt.at < at - _KEPT))
    session.add(Receipt(response_id=response.id, key=key, digest=_digest(request), answers=list(ids), at=at))


def _digest(request: object) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
