"""The people of units: their duties in the survey, and the role in CKAN that goes with them.

CKAN's own actions commit in the middle, so membership is written here, in the transaction of the act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.refusal_people import LastAdmin
from ckanext.hokkaido_inventory.model import Assignment
from ckanext.hokkaido_inventory.service.event import record_unit

__all__ = ["Colleague", "colleagues", "find", "give", "lock_people", "remove", "set_duties", "user_with_address"]


@dataclass(slots=True)
class Colleague:
    """A person of a unit."""

    user_id: str
    name: str
    fullname: str
    email: str
    unit_id: str
    role: str
    duties: list[Duty] = field(default_factory=list)


def colleagues(session: Session, unit_ids: Collection[str] | None) -> list[Colleague]:
    """Return the people with a role of their own in some units (all, when none are named), in two statements."""
    user: sa.Table = model.User.__table__
    member: sa.Table = model.Member.__table__
    group: sa.Table = model.Group.__table__
    rows = session.execute(
        sa.select(user.c.id, user.c.name, user.c.fullname, user.c.email, member.c.group_id, member.c.capacity)
        .join(member, member.c.table_id == user.c.id)
        .join(group, group.c.id == member.c.group_id)
        .where(
            member.c.table_name == "user",
            member.c.state == "active",
            user.c.state == "active",
            group.c.is_organization.is_(True),
            group.c.state == "active",
            sa.true() if unit_ids is None else group.c.id.in_(unit_ids),
        )
        .order_by(group.c.title, user.c.fullname, user.c.name)
    ).all()
    duties: defaultdict[tuple[str, str], list[Duty]] = defaultdict(list)
    for unit_id, user_id, duty in session.execute(
        sa.select(Assignment.unit_id, Assignment.user_id, Assignment.duty).where(
            Assignment.unit_id.in_({row.group_id for row in rows})
        )
    ):
        duties[unit_id, user_id].append(Duty(duty))
    order = list(Duty)
    return [
        Colleague(
            row.id,
            row.name,
            row.fullname or row.name,
            row.email or "",
            row.group_id,
            row.capacity,
            sorted(duties[row.group_id, row.id], key=order.index),
        )
        for row in rows
    ]


def find(session: Session, unit_id: str, user: str) -> Colleague | None:
    """Return a person of one unit by id or name of the user."""
    return next((one for one in colleagues(session, [unit_id]) if user in (one.user_id, one.name)), None)


def user_with_address(session: Session, address: str) -> str | None:
    """Return the id of the active user with a mail address, whatever its case."""
    user: sa.Table = model.User.__table__
    return session.execute(
        sa.select(user.c.id)
        .where(sa.func.lower(user.c.email) == address.lower(), user.c.state == "active")
        .order_by(user.c.created)
        .limit(1)
    ).scalar()


def lock_people(session: Session, unit_id: str) -> None:
    """Let changes of the people of one unit take turns, so that two never take away the last admins together."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"hokkaido_inventory_people:{unit_id}"))))


def give(session: Session, unit_id: str, user_id: str, duty: Duty, *, actor_id: str | None) -> None:
    """Add a duty to a person; a role that allows more already stays."""
    lock_people(session, unit_id)
    _assign(session, unit_id, user_id, [duty], actor_id)
    if _role(session, unit_id, user_id) != "admin":
        _set_role(session, unit_id, user_id, duty.role)
    record_unit(session, unit_id, Act.PERSON_CHANGED, actor_id, user=user_id, given=[duty.value])


def set_duties(session: Session, unit_id: str, user_id: str, duties: Iterable[Duty], *, actor_id: str | None) -> None:
    """Let a person of a unit have just these duties, with the role that they need.

    :raises LastAdmin: when nobody would be left to approve.
    """
    wanted = list(dict.fromkeys(duties))
    lock_people(session, unit_id)
    role = "admin" if any(duty.role == "admin" for duty in wanted) else "editor"
    if role != "admin":
        _require_other_admin(session, unit_id, user_id)
    session.execute(
        sa.delete(Assignment).where(
            Assignment.unit_id == unit_id, Assignment.user_id == user_id, Assignment.duty.not_in(wanted)
        )
    )
    _assign(session, unit_id, user_id, wanted, actor_id)
    _set_role(session, unit_id, user_id, role)
    record_unit(
        session, unit_id, Act.PERSON_CHANGED, actor_id, user=user_id, duties=[duty.value for duty in wanted], role=role
    )


def remove(session: Session, unit_id: str, user_id: str, *, actor_id: str | None, at: datetime) -> None:
    """Take a person out of a unit: role and duties are gone with this transaction, API tokens included (AZ-06).

    :raises LastAdmin: when nobody would be left to approve.
    """
    lock_people(session, unit_id)
    _require_other_admin(session, unit_id, user_id)
    session.execute(sa.delete(Assignment).where(Assignment.unit_id == unit_id, Assignment.user_id == user_id))
    member: sa.Table = model.Member.__table__
    session.execute(
        sa.update(member).where(*_membership(unit_id, user_id), member.c.state == "active").values(state="deleted")
    )
    record_unit(session, unit_id, Act.PERSON_CHANGED, actor_id, user=user_id, removed=at.isoformat())


def _assign(session: Session, unit_id: str, user_id: str, duties: Iterable[Duty], actor_id: str | None) -> None:
    for duty in duties:
        session.execute(
            insert(Assignment)
            .values(unit_id=unit_id, user_id=user_id, duty=duty, created_by=actor_id)
            .on_conflict_do_nothing(constraint="uq_hokkaido_inventory_assignment_duty")
        )


def _membership(unit_id: str, user_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    member: sa.Table = model.Member.__table__
    return (member.c.group_id == unit_id, member.c.table_id == user_id, member.c.table_name == "user")


def _role(session: Session, unit_id: str, user_id: str) -> str | None:
    member: sa.Table = model.Member.__table__
    return session.execute(
        sa.select(member.c.capacity).where(*_membership(unit_id, user_id), member.c.state == "active").limit(1)
    ).scalar()


def _set_role(session: Session, unit_id: str, user_id: str, role: str) -> None:
    member: sa.Table = model.Member.__table__
    present = session.execute(
        sa.select(member.c.id).where(*_membership(unit_id, user_id)).order_by(member.c.state).limit(1)
    ).scalar()
    if present is None:
        new = {"id": make_uuid(), "group_id": unit_id, "table_id": user_id, "table_name": "user", "capacity": role}
        session.execute(sa.insert(member).values(state="active", **new))
    else:
        session.execute(sa.update(member).where(member.c.id == present).values(capacity=role, state="active"))


def _require_other_admin(session: Session, unit_id: str, user_id: str) -> None:
    """Raise `LastAdmin` when the person is an admin of the unit and no other active person is."""
    if _role(session, unit_id, user_id) != "admin":
        return
    member: sa.Table = model.Member.__table__
    user: sa.Table = model.User.__table__
    other = (
        sa.select(sa.literal(1))
        .select_from(member.join(user, user.c.id == member.c.table_id))
        .where(
            member.c.group_id == unit_id,
            member.c.table_name == "user",
            member.c.capacity == "admin",
            member.c.state == "active",
            user.c.state == "active",
            user.c.id != user_id,
        )
    )
    if session.execute(other.limit(1)).scalar() is None:
        raise LastAdmin
