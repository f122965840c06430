"""Who is looking: the units of a person and what they are there, read in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.reviewing import Stage
from ckanext.hokkaido_schema.shared import STAFF_KINDS

__all__ = ["NOBODY", "Viewer", "read_viewer", "roles_of"]

#: A tree deeper than this is a loop (CKAN's own limit).
MAX_DEPTH = 8

_ANSWERING = frozenset({"editor", "admin"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, as far as surveys are concerned; units are ids of organisations.

    `everything` is true for system administrators and for calls that skip authorisation; `lent` names the delegation
    by which one of `approves` is another's right.
    """

    user_id: str | None = None
    office: bool = False
    #: Of any unit of government, and so allowed to find what is listed for staff (design D19).
    staff: bool = False
    everything: bool = False
    reads: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    approves: frozenset[str] = frozenset()
    lent: Mapping[str, str] = field(default_factory=dict)

    @property
    def runs_surveys(self) -> bool:
        """Tell whether this person is of the survey office."""
        return self.office or self.everything

    def may_answer(self, unit_id: str) -> bool:
        """Tell whether this person may enter and submit for the unit."""
        return self.everything or unit_id in self.answers

    def may_approve(self, unit_id: str) -> bool:
        """Tell whether this person may return and approve for the unit (apart from what they submitted)."""
        return self.everything or unit_id in self.approves

    def reviews_as(self, stage: Stage, unit_id: str) -> bool:
        """Tell whether this person reviews the unit's answers at a stage."""
        return self.runs_surveys if stage is Stage.OFFICE else self.may_approve(unit_id)


NOBODY = Viewer()


def read_viewer(
    session: Session, user_id: str, *, office: str, cascading: Iterable[str], everything: bool = False
) -> Viewer:
    """Read what a user is in which unit, roles passed down the tree included.

    :param office: id or name of the organisation that runs the surveys.
    :param cascading: roles that hold for the units below, too (CKAN: `ckan.auth.roles_that_cascade_to_sub_groups`).
    """
    rows = session.execute(roles_of(user_id, tuple(cascading))).all()
    return Viewer(
        user_id=user_id,
        # The office is run by its own members; a role that comes down the tree does not make one a member of it.
        office=any(
            office in (row.id, row.name) and row.depth == 0 and row.capacity in _ANSWERING for row in rows if office
        ),
        staff=any(row.kind in STAFF_KINDS for row in rows),
        everything=everything,
        reads=frozenset(row.id for row in rows),
        answers=frozenset(row.id for row in rows if row.capacity in _ANSWERING),
        approves=frozenset(row.id for row in rows if row.capacity == "admin"),
    )


def roles_of(user_id: str, cascading: tuple[str, ...]) -> sa.Select[tuple[str, str, str, int, str]]:
    """Select id, name, role, depth (0: own membership) and kind of every unit in which the user has a role."""
    member: sa.Table = model.Member.__table__
    group: sa.Table = model.Group.__table__
    role = (
        sa.select(member.c.group_id.label("unit_id"), member.c.capacity, sa.literal(0).label("depth"))
        .where(member.c.table_name == "user", member.c.table_id == user_id, member.c.state == "active")
        .cte("role", recursive=True)
    )
    child = member.alias("child")
    role = role.union(
        sa.select(child.c.group_id, role.c.capacity, role.c.depth + 1).where(
            child.c.table_id == role.c.unit_id,
            child.c.table_name == "group",
            child.c.state == "active",
            role.c.capacity.in_(cascading),
            role.c.depth < MAX_DEPTH,
        )
    )
    return (
        sa.select(group.c.id, group.c.name, role.c.capacity, role.c.depth, group.c.extras["kind"].astext.label("kind"))
        .join(group, group.c.id == role.c.unit_id)
        .where(group.c.is_organization.is_(True), group.c.state == "active")
    )
