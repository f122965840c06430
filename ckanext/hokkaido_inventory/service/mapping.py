"""How the headings of a unit's own lists were understood: confirmed once, used again next year."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.model import Mapping

__all__ = ["keep", "kept_of"]


def kept_of(session: Session, unit_id: str) -> dict[str, dict[str, str | None]]:
    """Return what a unit confirmed before: keys of questions by heading, by the signature of the headings."""
    found = session.execute(sa.select(Mapping.signature, Mapping.columns).where(Mapping.unit_id == unit_id))
    return {signature: dict(columns) for signature, columns in found}


def keep(
    session: Session,
    unit_id: str,
    signature: str,
    columns: Mapped[str, str | None],
    *,
    actor_id: str | None,
    at: datetime,
) -> None:
    """Keep a mapping that a person confirmed, in place of the one before it."""
    values = {"columns": dict(columns), "updated_at": at, "updated_by": actor_id}
    statement = insert(Mapping).values(unit_id=unit_id, signature=signature, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["unit_id", "signature"], set_=values))
