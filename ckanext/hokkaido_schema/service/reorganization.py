"""Organisations that are merged: what they own moves in one transaction, and their addresses lead to the new one.

The survey's holdings and responses have a transfer of their own, which moves answers and numbers by its own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_schema.model import FormerName, OrganizationEvent
from ckanext.hokkaido_schema.service.reindexing import ask_to_reindex

__all__ = ["Merger", "dataset_ids", "events_of", "keep_name", "merge", "record", "successor", "successor_of"]

_RANK = {"member": 0, "editor": 1, "admin": 2}
_member: sa.Table = model.Member.__table__
_group: sa.Table = model.Group.__table__


@dataclass(slots=True)
class Merger:
    """What a merger moved: ids of datasets and series, of people and of the organisations below."""

    datasets: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def merge(session: Session, from_ids: Sequence[str], to_id: str, *, actor_id: str | None) -> Merger:
    """Move everything that some organisations own to another one, and close them."""
    done = Merger()
    groups = session.execute(
        sa.select(model.Group).where(model.Group.id.in_([*from_ids, to_id])).order_by(model.Group.id).with_for_update()
    ).scalars()
    by_id = {group.id: group for group in groups}
    _move_packages(session, from_ids, to_id, done)
    _move_people(session, from_ids, to_id, done)
    _move_children(session, from_ids, to_id, done)
    for from_id in from_ids:
        old = by_id[from_id]
        old.state = "deleted"
        session.execute(
            sa.update(_member).where(_member.c.group_id == from_id, _member.c.state == "active").values(state="deleted")
        )
        session.execute(
            sa.update(FormerName).where(FormerName.organization_id == from_id).values(organization_id=to_id)
        )
        keep_name(session, old.name, to_id)
        done.names.append(old.name)
        detail = {"from": from_id, "name": old.name, "title": old.title, "to": to_id}
        record(session, to_id, "merged", detail, actor_id)
        record(session, from_id, "merged", detail, actor_id)
    ask_to_reindex(session, [*done.datasets, *done.series])
    session.flush()
    return done


def keep_name(session: Session | sa.Connection, name: str, organization_id: str) -> None:
    """Remember that an organisation is found by a name that was another one's, or its own earlier one."""
    values = {"name": name, "organization_id": organization_id, "created_at": datetime.now(UTC)}
    session.execute(
        insert(FormerName.__table__)  # type: ignore[arg-type]
        .values(values)
        .on_conflict_do_update(index_elements=["name"], set_={"organization_id": organization_id})
    )


def successor_of(session: Session, name: str) -> str | None:
    """Return the present name of the organisation that had a name; nothing while another one bears it."""
    found = session.execute(
        sa.select(_group.c.name)
        .join(FormerName, FormerName.organization_id == _group.c.id)
        .where(FormerName.name == name, _group.c.state == "active", _group.c.name != name)
    ).scalar_one_or_none()
    if found is None:
        return None
    taken = sa.select(_group.c.id).where(_group.c.name == name, _group.c.state == "active")
    return None if session.execute(taken).first() else found


def successor(session: Session, reference: str) -> model.Group | None:
    """Return the organisation that took the place of one, by a former name or by the id of one that was merged.

    :returns: nothing where there is none, and while an organisation bears the name or has the id.
    """
    if (name := successor_of(session, reference)) is not None:
        return model.Group.get(name)
    seen: set[str] = set()
    group = session.get(model.Group, reference)
    while group is not None and group.state != "active" and group.id not in seen:
        seen.add(group.id)
        detail = OrganizationEvent.detail
        to_id = session.execute(
            sa.select(detail["to"].astext)
            .where(
                OrganizationEvent.organization_id == group.id,
                OrganizationEvent.kind == "merged",
                detail["from"].astext == group.id,
            )
            .order_by(OrganizationEvent.created_at.desc())
            .limit(1)
        ).scalar_one_or_none()
        group = session.get(model.Group, to_id) if to_id else None
    return group if seen and group is not None and group.state == "active" else None


def record(session: Session, organization_id: str, kind: str, detail: dict[str, Any], actor_id: str | None) -> None:
    """Write a line of the history of an organisation."""
    session.add(OrganizationEvent(organization_id=organization_id, kind=kind, detail=detail, actor_id=actor_id))


def events_of(session: Session, organization_id: str) -> list[OrganizationEvent]:
    """Return the history of an organisation, newest first."""
    wanted = sa.select(OrganizationEvent).where(OrganizationEvent.organization_id == organization_id)
    return list(session.execute(wanted.order_by(OrganizationEvent.created_at.desc())).scalars())


def dataset_ids(session: Session, organization_id: str) -> list[str]:
    """Return the ids of the datasets of an organisation that are not deleted."""
    package: sa.Table = model.Package.__table__
    wanted = sa.select(package.c.id).where(package.c.owner_org == organization_id, package.c.state != "deleted")
    return list(session.execute(wanted).scalars())


def _move_packages(session: Session, from_ids: Sequence[str], to_id: str, done: Merger) -> None:
    """Move datasets as objects, one by one: the feed and others learn of them from CKAN's announcement of objects."""
    packages = session.execute(
        sa.select(model.Package).where(model.Package.owner_org.in_(from_ids)).order_by(model.Package.id)
    ).scalars()
    for package in packages:
        package.owner_org = to_id
        package.metadata_modified = datetime.now(UTC).replace(tzinfo=None)
        if package.state != "deleted":
            (done.series if package.type == "dataset_series" else done.datasets).append(package.id)
    session.execute(
        sa.update(_member)
        .where(
            _member.c.table_name == "package", _member.c.capacity == "organization", _member.c.group_id.in_(from_ids)
        )
        .values(group_id=to_id)
    )
    session.flush()


def _move_people(session: Session, from_ids: Sequence[str], to_id: str, done: Merger) -> None:
    group = session.get(model.Group, to_id)
    people = sa.select(model.Member).where(model.Member.table_name == "user", model.Member.state == "active")
    there = {one.table_id: one for one in session.execute(people.where(model.Member.group_id == to_id)).scalars()}
    coming = session.execute(people.where(model.Member.group_id.in_(from_ids))).scalars().all()
    for one in coming:
        known = there.get(one.table_id)
        if known is None:
            # CKAN's class forgets the id of the group unless it gets the group itself.
            there[one.table_id] = new = model.Member(
                table_name="user", table_id=one.table_id, group=group, group_id=to_id, capacity=one.capacity
            )
            session.add(new)
            done.people.append(one.table_id)
        elif _RANK.get(known.capacity, 0) < _RANK.get(one.capacity, 0):
            known.capacity = one.capacity
            done.people.append(one.table_id)
    session.flush()


def _move_children(session: Session, from_ids: Sequence[str], to_id: str, done: Merger) -> None:
    """Hang the organisations below under the new one; a child's membership of its parent is CKAN's hierarchy."""
    rows = session.execute(
        sa.update(_member)
        .where(
            _member.c.table_name == "group",
            _member.c.table_id.in_(from_ids),
            _member.c.group_id.not_in([*from_ids, to_id]),
            _member.c.state == "active",
        )
        .values(table_id=to_id)
        .returning(_member.c.group_id)
    )
    done.children.extend(rows.scalars())
