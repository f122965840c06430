"""Invitations: who is asked to take which duty, until when, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.codes import InvalidCode, read_code
from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.findings import Finding
from ckanext.hokkaido_inventory.domain.refusal_people import InvitationClosed, InvitationExpired
from ckanext.hokkaido_inventory.domain.roster import AMBIGUOUS_UNIT, UNKNOWN_UNIT, Roster
from ckanext.hokkaido_inventory.model import Assignment, Invitation
from ckanext.hokkaido_inventory.service import membership
from ckanext.hokkaido_inventory.service.event import record_unit
from ckanext.hokkaido_inventory.service.unit import Place, Unit

__all__ = [
    "Guest",
    "accept",
    "expiry",
    "find",
    "find_by_secret",
    "guests_of",
    "hash_of",
    "invite",
    "list_open",
    "renew",
    "require_open",
    "revoke",
    "sort_out",
]

#: Makes the secret of an invitation out of its id; the service never sees the key behind it.
Secret = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be invited to a duty for a unit that is known."""

    fullname: str
    email: str
    unit: Unit
    duty: Duty
    row: int | None = None


def hash_of(secret: str) -> str:
    """Return what is kept of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def guests_of(roster: Roster, places: Sequence[Place]) -> tuple[list[Guest], list[Finding]]:
    """Find the units that a list of people names, by title, code or name, among the places that may be meant.

    :returns: those who can be invited, and what is wrong with units, also in rows that have another error.
    """
    known: dict[str, dict[str, Unit]] = {}
    for place in places:
        for key in {comparison_key(place.unit.name), comparison_key(place.unit.title), place.code} - {""}:
            known.setdefault(key, {})[place.unit.id] = place.unit
    guests, findings = [], []
    for entry in roster.entries:
        found = _meant(entry.unit, known)
        if len(found) == 1:
            guests.append(Guest(entry.fullname, entry.email, found[0], entry.duty, entry.row))
        else:
            findings.append(_no_unit(entry.row, entry.unit, found))
    for row, text in roster.faulty:
        found = _meant(text, known)
        if len(found) != 1:
            findings.append(_no_unit(row, text, found))
    return guests, findings


def sort_out(session: Session, guests: Sequence[Guest], at: datetime) -> dict[str, list[Guest]]:
    """Sort guests into `new`, `invited` (an open invitation waits) and `present` (they have the duty already)."""
    taken = _invited(session, at)
    present = _present(session)
    sorted_out: dict[str, list[Guest]] = {"new": [], "invited": [], "present": []}
    for guest in guests:
        key = (guest.unit.id, guest.email, guest.duty.value)
        kind = "present" if key in present else "invited" if key in taken else "new"
        sorted_out[kind].append(guest)
        taken.add(key)
    return sorted_out


def invite(
    session: Session, guests: Sequence[Guest], *, secret: Secret, until: datetime, actor_id: str | None, at: datetime
) -> list[Invitation]:
    """Invite those who are not invited and do not have the duty; the same list again invites nobody (CC-03).

    Two lists at the same time take turns, so that they do not invite somebody twice.
    """
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("hokkaido_inventory_invitation"))))
    made = []
    for guest in sort_out(session, guests, at)["new"]:
        invitation = Invitation(
            id=make_uuid(),
            unit_id=guest.unit.id,
            email=guest.email,
            fullname=guest.fullname,
            duty=guest.duty,
            expires_at=until,
            created_by=actor_id,
        )
        invitation.secret_hash = hash_of(secret(invitation.id))
        made.append(invitation)
    session.add_all(made)
    session.flush()
    for invitation in made:
        _record(session, invitation, actor_id)
    return made


def list_open(session: Session, unit_ids: Collection[str] | None) -> list[Invitation]:
    """Return the invitations that were neither used nor withdrawn, of some units (all, when none are named)."""
    wanted = sa.true() if unit_ids is None else Invitation.unit_id.in_(unit_ids)
    return list(
        session.execute(
            sa.select(Invitation)
            .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), wanted)
            .order_by(Invitation.created_at.desc(), Invitation.id)
        ).scalars()
    )


def find(session: Session, invitation_id: str, *, lock: bool = False) -> Invitation | None:
    """Return an invitation by its id."""
    return _one(session, Invitation.id == invitation_id, lock=lock)


def find_by_secret(session: Session, secret: str, *, lock: bool = False) -> Invitation | None:
    """Return the invitation to which a link belongs."""
    return _one(session, Invitation.secret_hash == hash_of(secret), lock=lock)


def require_open(invitation: Invitation | None, at: datetime) -> Invitation:
    """Return an invitation that can be accepted now; raise `InvitationClosed` or `InvitationExpired` otherwise."""
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        raise InvitationClosed
    if invitation.expires_at <= at:
        raise InvitationExpired
    return invitation


def renew(session: Session, invitation: Invitation, *, until: datetime, actor_id: str | None) -> None:
    """Give an invitation that is locked new time; its link stays the same."""
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationClosed
    invitation.expires_at = until
    _record(session, invitation, actor_id, renewed=True)


def revoke(session: Session, invitation: Invitation, *, actor_id: str | None, at: datetime) -> None:
    """Withdraw an invitation that is locked: its link works no more."""
    if invitation.accepted_at:
        raise InvitationClosed
    if invitation.revoked_at is None:
        invitation.revoked_at = at
        _record(session, invitation, actor_id, revoked=True)


def accept(session: Session, invitation: Invitation, user_id: str, *, at: datetime) -> None:
    """Give the duty to whoever accepted an invitation that is locked; the link is used up."""
    membership.give(session, invitation.unit_id, user_id, Duty(invitation.duty), actor_id=user_id)
    invitation.accepted_at, invitation.user_id = at, user_id
    session.flush()


def expiry(at: datetime, days: int) -> datetime:
    """Return until when an invitation of this instant can be accepted."""
    return at + timedelta(days=days)


def _one(session: Session, wanted: sa.ColumnElement[bool], *, lock: bool) -> Invitation | None:
    found = sa.select(Invitation).where(wanted).execution_options(populate_existing=True)
    return session.execute(found.with_for_update() if lock else found).scalar_one_or_none()


def _record(session: Session, invitation: Invitation, actor_id: str | None, **more: object) -> None:
    detail = {"invitation": invitation.id, "duty": str(invitation.duty)} | more
    record_unit(session, invitation.unit_id, Act.PERSON_INVITED, actor_id, **detail)


def _invited(session: Session, at: datetime) -> set[tuple[str, str, str]]:
    rows = session.execute(
        sa.select(Invitation.unit_id, Invitation.email, Invitation.duty).where(
            Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > at
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _present(session: Session) -> set[tuple[str, str, str]]:
    user: sa.Table = model.User.__table__
    rows = session.execute(
        sa.select(Assignment.unit_id, sa.func.lower(user.c.email), Assignment.duty)
        .join(user, user.c.id == Assignment.user_id)
        .where(user.c.state == "active", user.c.email.is_not(None))
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _meant(text: str, known: Mapping[str, Mapping[str, Unit]]) -> list[Unit]:
    """Return the units that a text may mean; a name in the address means one only."""
    found = known.get(comparison_key(text)) or known.get(_code(text)) or {}
    return [unit for unit in found.values() if unit.name == text] or list(found.values())


def _no_unit(row: int, text: str, found: Sequence[Unit]) -> Finding:
    if not found:
        return Finding(UNKNOWN_UNIT, row=row, value=text[:100])
    names = "、".join(sorted(unit.name for unit in found))
    return Finding(AMBIGUOUS_UNIT, row=row, value=text[:100], params={"names": names})


def _code(text: str) -> str:
    try:
        return read_code(text).code
    except InvalidCode:
        return ""
