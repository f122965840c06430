"""The burden ledger: minutes that people say their work took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.burden import Work
from ckanext.hokkaido_inventory.model import Burden, Response

__all__ = ["add"]


def add(session: Session, response: Response, work: Work, minutes: int, *, user_id: str | None, at: datetime) -> Burden:
    """Note minutes for one piece of work on a response."""
    entry = Burden(response_id=response.id, user_id=user_id, work=work, minutes=minutes, at=at)
    session.add(entry)
    session.flush()
    return entry
