"""Unsaved forms: one of each person for each dataset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_schema.model.draft_copy import DraftCopy

__all__ = ["drop", "drop_older", "find", "keep"]


def find(session: Session, package_id: str, user_id: str) -> DraftCopy | None:
    """Return what a person has typed and not saved."""
    wanted = sa.select(DraftCopy).filter_by(package_id=package_id, user_id=user_id)
    return session.execute(wanted.execution_options(populate_existing=True)).scalar_one_or_none()


def keep(
    session: Session, package_id: str, user_id: str, *, items: list[list[str]], version: str, base: dict[str, Any]
) -> datetime:
    """Store what a person has typed in place of what was stored before, and return the time."""
    values = {"items": items, "version": version, "base": base, "updated_at": now()}
    statement = insert(DraftCopy).values(id=make_uuid(), package_id=package_id, user_id=user_id, **values)
    session.execute(statement.on_conflict_do_update(constraint="uq_hokkaido_schema_draft_copy_owner", set_=values))
    return values["updated_at"]


def drop(session: Session, package_id: str, user_id: str) -> None:
    """Forget what a person has typed: it is saved, or no longer wanted."""
    session.execute(sa.delete(DraftCopy).filter_by(package_id=package_id, user_id=user_id))


def drop_older(session: Session, than: datetime) -> int:
    """Forget what nobody has come back for, and return how many forms that were."""
    return session.execute(sa.delete(DraftCopy).where(DraftCopy.updated_at < than)).rowcount
