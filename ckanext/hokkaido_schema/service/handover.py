"""Who owns what, and handing it over: roles in organisations, and drafts that only their maker would think of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.model import OrganizationEvent
from ckanext.hokkaido_schema.service.reindexing import ask_to_reindex

__all__ = ["Handover", "Role", "datasets_of", "hand_over", "roles_of"]

_RANK = {"member": 0, "editor": 1, "admin": 2}

_package: sa.Table = model.Package.__table__
_member: sa.Table = model.Member.__table__
_group: sa.Table = model.Group.__table__
_user: sa.Table = model.User.__table__


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role in an organisation."""

    organization_id: str
    user_id: str
    name: str
    fullname: str
    email: str
    capacity: str
    active: bool


@dataclass(slots=True)
class Handover:
    """What was handed over: organisations with the role, and datasets that have another maker now."""

    roles: list[tuple[str, str]] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)


def roles_of(session: Session, organization_ids: Collection[str] | None, user_id: str | None = None) -> list[Role]:
    """Return the roles in some organisations (all, when none are named), of one person or of everybody."""
    rows = session.execute(
        sa.select(
            _member.c.group_id,
            _user.c.id,
            _user.c.name,
            sa.func.coalesce(_user.c.fullname, _user.c.name),
            sa.func.coalesce(_user.c.email, ""),
            _member.c.capacity,
            _user.c.state == "active",
        )
        .join(_user, _user.c.id == _member.c.table_id)
        .join(_group, _group.c.id == _member.c.group_id)
        .where(
            _member.c.table_name == "user",
            _member.c.state == "active",
            _group.c.is_organization.is_(True),
            _group.c.state == "active",
            sa.true() if organization_ids is None else _group.c.id.in_(organization_ids),
            sa.true() if user_id is None else _user.c.id == user_id,
        )
        .order_by(_group.c.title, _user.c.fullname, _user.c.name)
    )
    return [Role(*row) for row in rows]


def datasets_of(
    session: Session, organization_ids: Collection[str] | None, creator_id: str | None = None
) -> list[dict[str, Any]]:
    """Return the datasets, drafts and series of some organisations, of one maker or of all, drafts first."""
    rows = session.execute(
        sa.select(
            _package.c.id,
            _package.c.name,
            _package.c.title,
            _package.c.type,
            _package.c.state,
            _package.c.private,
            _package.c.owner_org,
            _package.c.metadata_modified,
            sa.func.coalesce(_user.c.fullname, _user.c.name, "").label("creator"),
        )
        .outerjoin(_user, _user.c.id == _package.c.creator_user_id)
        .where(
            _package.c.state.in_(("active", "draft")),
            sa.true() if organization_ids is None else _package.c.owner_org.in_(organization_ids),
            sa.true() if creator_id is None else _package.c.creator_user_id == creator_id,
        )
        .order_by(_package.c.state.desc(), _package.c.type.desc(), _package.c.title, _package.c.name)
    )
    return [dict(row) for row in rows.mappings()]


def hand_over(
    session: Session,
    organization_ids: Collection[str] | None,
    *,
    from_id: str,
    to_id: str,
    keep_roles: bool,
    actor_id: str | None,
) -> Handover:
    """Give a successor the roles of a person, and the drafts of that person, in some organisations.

    :param keep_roles: the person stays in the organisations as well (during a time of overlap).
    """
    done = Handover()
    for role in roles_of(session, organization_ids, from_id):
        _give(session, role, to_id)
        done.roles.append((role.organization_id, role.capacity))
        if not keep_roles:
            _end(session, role)
    # The active ones too: whoever made a dataset may still read it as a draft when it is taken back to one.
    done.datasets = [row["id"] for row in datasets_of(session, organization_ids, from_id)]
    session.execute(sa.update(_package).where(_package.c.id.in_(done.datasets)).values(creator_user_id=to_id))
    for organization_id in {organization_id for organization_id, _ in done.roles} | _owners(session, done.datasets):
        detail = {
            "from": from_id,
            "to": to_id,
            "role": dict(done.roles).get(organization_id, ""),
            "kept": keep_roles,
        }
        session.add(
            OrganizationEvent(organization_id=organization_id, kind="handed_over", detail=detail, actor_id=actor_id)
        )
    ask_to_reindex(session, done.datasets)
    session.flush()
    return done


def _give(session: Session, role: Role, user_id: str) -> None:
    """Give at least the role, on the row that CKAN may have kept from earlier times."""
    row = session.execute(
        sa.select(model.Member)
        .where(
            model.Member.table_name == "user",
            model.Member.group_id == role.organization_id,
            model.Member.table_id == user_id,
        )
        .order_by(model.Member.state)
        .limit(1)
    ).scalar_one_or_none()
    if row is None:
        # CKAN's class forgets the id of the group unless it gets the group itself.
        row = model.Member(
            table_name="user",
            table_id=user_id,
            group=session.get(model.Group, role.organization_id),
            group_id=role.organization_id,
            capacity=role.capacity,
        )
        session.add(row)
    elif row.state != "active" or _RANK.get(row.capacity, 0) < _RANK.get(role.capacity, 0):
        row.state, row.capacity = "active", role.capacity
    session.flush()


def _end(session: Session, role: Role) -> None:
    session.execute(
        sa.update(_member)
        .where(
            _member.c.table_name == "user",
            _member.c.group_id == role.organization_id,
            _member.c.table_id == role.user_id,
            _member.c.state == "active",
        )
        .values(state="deleted")
    )


def _owners(session: Session, dataset_ids: Collection[str]) -> set[str]:
    rows = session.execute(sa.select(_package.c.owner_org).where(_package.c.id.in_(dataset_ids))).scalars()
    return {owner for owner in rows if owner}
