"""Delegations: an approver who is away lets a colleague of the unit approve, from day to day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.refusal import DelegateOutside, PeriodWrong
from ckanext.hokkaido_inventory.model import Delegation
from ckanext.hokkaido_inventory.service.event import record_unit
from ckanext.hokkaido_inventory.service.viewer import Viewer, roles_of

__all__ = ["LONGEST", "colleagues", "create", "find", "of_person", "revoke", "valid_on", "with_lent"]

#: The longest that the right to approve can be lent; a longer absence needs another approver.
LONGEST = timedelta(days=366)


def with_lent(session: Session, viewer: Viewer, on: date, cascading: Iterable[str]) -> Viewer:
    """Add the units for which somebody lent this person the right to approve on a day in Japan.

    It holds while the lender is an active approver of the unit, and the borrower is still of the unit.
    """
    if viewer.user_id is None:
        return viewer
    lent = {
        delegation.unit_id: delegation.id
        for delegation in session.execute(valid_on(on).where(Delegation.to_user_id == viewer.user_id)).scalars()
        if delegation.unit_id in viewer.reads - viewer.approves
        and delegation.unit_id in _approved_by(session, delegation.from_user_id, cascading)
    }
    return replace(viewer, approves=viewer.approves | lent.keys(), lent=lent) if lent else viewer


def valid_on(on: date) -> sa.Select[tuple[Delegation]]:
    """Select the delegations that are in force on a day, the first day and the last included."""
    return (
        sa.select(Delegation)
        .where(Delegation.revoked_at.is_(None), Delegation.starts_on <= on, Delegation.ends_on >= on)
        .order_by(Delegation.created_at.desc(), Delegation.id)
    )


def of_person(session: Session, user_id: str, on: date) -> list[Delegation]:
    """Return what a person has lent or borrowed and is not over yet, by first day."""
    return list(
        session.execute(
            sa.select(Delegation)
            .where(
                Delegation.revoked_at.is_(None),
                Delegation.ends_on >= on,
                sa.or_(Delegation.from_user_id == user_id, Delegation.to_user_id == user_id),
            )
            .order_by(Delegation.starts_on, Delegation.id)
        ).scalars()
    )


def find(session: Session, delegation_id: str) -> Delegation | None:
    """Return a delegation, locked until the transaction ends."""
    return session.execute(
        sa.select(Delegation).where(Delegation.id == delegation_id).with_for_update()
    ).scalar_one_or_none()


def create(
    session: Session, *, unit_id: str, lender: str, borrower: str, starts_on: date, ends_on: date, on: date
) -> Delegation:
    """Lend the right to approve for a unit.

    :param on: the day it is in Japan.
    :raises PeriodWrong: when the period is over, turned round or longer than `LONGEST`.
    :raises DelegateOutside: when the borrower is no active member of the unit, or the lender.
    """
    if not on <= ends_on or not starts_on <= ends_on or ends_on - starts_on > LONGEST:
        raise PeriodWrong
    if borrower == lender or borrower not in colleagues(session, [unit_id]).get(unit_id, {}):
        raise DelegateOutside
    delegation = Delegation(
        unit_id=unit_id,
        from_user_id=lender,
        to_user_id=borrower,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=lender,
    )
    session.add(delegation)
    session.flush()
    record_unit(session, unit_id, Act.APPROVAL_DELEGATED, lender, delegation=delegation.id, to=borrower)
    return delegation


def revoke(session: Session, delegation: Delegation, *, actor_id: str | None, at: datetime) -> None:
    """Take the right back; a second time changes nothing."""
    if delegation.revoked_at is not None:
        return
    delegation.revoked_at = at
    record_unit(session, delegation.unit_id, Act.APPROVAL_DELEGATED, actor_id, delegation=delegation.id, revoked=1)


def colleagues(session: Session, unit_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the active members of units by id, each with the name that lists show, in one statement."""
    member: sa.Table = model.Member.__table__
    user: sa.Table = model.User.__table__
    rows = session.execute(
        sa.select(member.c.group_id, user.c.id, sa.func.coalesce(sa.func.nullif(user.c.fullname, ""), user.c.name))
        .join(user, user.c.id == member.c.table_id)
        .where(
            member.c.table_name == "user",
            member.c.state == "active",
            user.c.state == "active",
            member.c.group_id.in_(list(unit_ids)),
        )
        .order_by(user.c.fullname, user.c.name)
    )
    found: dict[str, dict[str, str]] = {}
    for unit_id, user_id, name in rows:
        found.setdefault(unit_id, {})[user_id] = name
    return found


def _approved_by(session: Session, user_id: str, cascading: Iterable[str]) -> set[str]:
    lender = session.get(model.User, user_id)
    if lender is None or not lender.is_active:
        return set()
    return {row.id for row in session.execute(roles_of(user_id, tuple(cascading))) if row.capacity == "admin"}
