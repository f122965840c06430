"""Whom to write to about a unit: who has a duty in the survey, else who has a role in CKAN, else the unit above."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.reminding import ReminderKind
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.model import Assignment
from ckanext.hokkaido_inventory.service.delegation import valid_on
from ckanext.hokkaido_inventory.service.unit import find_unit, tree

__all__ = ["Recipients", "read_recipients"]

_ANSWERING = (Duty.COORDINATOR, Duty.RESPONDENT, Duty.DEPUTY)
MAX_DEPTH = 8


@dataclass
class Recipients:
    """People by unit, read at once for all units."""

    parents: dict[str, str | None] = field(default_factory=dict)
    assigned: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    members: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    delegates: dict[str, set[str]] = field(default_factory=dict)
    office: str | None = None

    def answering(self, unit_id: str) -> set[str]:
        """Return who answers for a unit."""
        found = self._assigned(unit_id, _ANSWERING) or self._members(unit_id, "editor", "admin")
        return found or self._above(unit_id)

    def approving(self, unit_id: str) -> set[str]:
        """Return who approves for a unit, those who were lent the right today included."""
        found = self._assigned(unit_id, [Duty.APPROVER]) or self._members(unit_id, "admin") or self._above(unit_id)
        return found | self.delegates.get(unit_id, set())

    def leading(self, unit_id: str) -> set[str]:
        """Return who coordinates and approves for a unit."""
        found = self._assigned(unit_id, [Duty.COORDINATOR, Duty.APPROVER])
        return found or self._members(unit_id, "admin") or self._above(unit_id)

    def of(self, kind: ReminderKind, state: ResponseState, unit_id: str) -> set[str]:
        """Return who is written to for a reason."""
        if kind is ReminderKind.REVIEW:
            if state is ResponseState.ENDORSED:
                return self._members(self.office, "editor", "admin") if self.office else set()
            return self.approving(unit_id)
        found = self.answering(unit_id)
        if kind in (ReminderKind.ESCALATED, ReminderKind.ESCALATED_ABOVE):
            found = found | self.leading(unit_id)
        if kind is ReminderKind.ESCALATED_ABOVE:
            parent = self.parents.get(unit_id)
            found = found | (self.leading(parent) if parent else set())
        return found

    def _assigned(self, unit_id: str, duties: Iterable[Duty]) -> set[str]:
        return set().union(*(self.assigned.get((unit_id, duty), set()) for duty in duties))

    def _members(self, unit_id: str, *roles: str) -> set[str]:
        return set().union(*(self.members.get((unit_id, role), set()) for role in roles))

    def _above(self, unit_id: str) -> set[str]:
        """Return the admins of the nearest unit above that has any."""
        parent = self.parents.get(unit_id)
        for _ in range(MAX_DEPTH):
            if parent is None:
                return set()
            if admins := self._members(parent, "admin"):
                return admins
            parent = self.parents.get(parent)
        return set()


def read_recipients(session: Session, *, office: str, on: date) -> Recipients:
    """Read everybody with a duty or a role, in five statements whatever the number of units.

    :param office: id or name of the organisation that runs the surveys.
    :param on: the day on which a lent right must hold.
    """
    active = _active_users()
    unit = find_unit(session, office) if office else None
    return Recipients(
        parents={place.unit.id: place.parent for place in tree(session)},
        assigned=_sets(
            session.execute(
                sa.select(Assignment.unit_id, Assignment.duty, Assignment.user_id).where(Assignment.user_id.in_(active))
            )
        ),
        members=_sets(session.execute(_members(active))),
        delegates=_delegates(session, on),
        office=unit.id if unit else None,
    )


def _active_users() -> sa.Select[tuple[str]]:
    user: sa.Table = model.User.__table__
    return sa.select(user.c.id).where(user.c.state == "active")


def _members(active: sa.Select[tuple[str]]) -> sa.Select[tuple[str, str, str]]:
    member: sa.Table = model.Member.__table__
    return sa.select(member.c.group_id, member.c.capacity, member.c.table_id).where(
        member.c.table_name == "user", member.c.state == "active", member.c.table_id.in_(active)
    )


def _delegates(session: Session, on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for delegation in session.execute(valid_on(on)).scalars():
        found.setdefault(delegation.unit_id, set()).add(delegation.to_user_id)
    return found


def _sets(rows: Collection[tuple[str, str, str]] | sa.Result[tuple[str, str, str]]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for unit_id, what, user_id in rows:
        found.setdefault((unit_id, what), set()).add(user_id)
    return found
