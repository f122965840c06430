"""People in lists and trails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

__all__ = ["Person", "people_by_id"]


@dataclass(frozen=True, slots=True)
class Person:
    """A user, as far as trails show one."""

    name: str
    fullname: str


def people_by_id(session: Session, ids: Iterable[str | None]) -> dict[str, Person]:
    """Return users by id, deleted ones too: a trail keeps its names."""
    wanted = {user_id for user_id in ids if user_id}
    if not wanted:
        return {}
    user: sa.Table = model.User.__table__
    rows = session.execute(sa.select(user.c.id, user.c.name, user.c.fullname).where(user.c.id.in_(wanted)))
    return {row.id: Person(row.name, row.fullname or row.name) for row in rows}
