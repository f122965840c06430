"""Requests for approval: asked, decided, and who may decide."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_schema.domain.approval import REQUIRED, ApprovalState
from ckanext.hokkaido_schema.model.approval import Approval

__all__ = ["Approval", "approvers", "ask", "decide", "is_required", "latest", "latest_of", "waiting"]


def is_required(session: Session, organization_id: str | None) -> bool:
    """Tell whether an organisation wants a second person to look at its datasets."""
    if not organization_id:
        return False
    setting = sa.select(model.Group.extras["approval"].astext).where(model.Group.id == organization_id)
    return session.execute(setting).scalar_one_or_none() == REQUIRED


def latest(session: Session, package_id: str, *, lock: bool = False) -> Approval | None:
    """Return the last request of a dataset."""
    wanted = sa.select(Approval).filter_by(package_id=package_id).order_by(Approval.asked_at.desc()).limit(1)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(wanted).scalar_one_or_none()


def latest_of(session: Session, package_ids: list[str]) -> dict[str, Approval]:
    """Return the last request of each of some datasets."""
    wanted = sa.select(Approval).where(Approval.package_id.in_(package_ids)).order_by(Approval.asked_at)
    return {one.package_id: one for one in session.execute(wanted).scalars()}


def ask(session: Session, package_id: str, user_id: str, message: str) -> Approval:
    """Write a request."""
    row = Approval(package_id=package_id, state=ApprovalState.ASKED, asked_by=user_id, message=message)
    session.add(row)
    session.flush()
    return row


def decide(row: Approval, user_id: str, state: ApprovalState, remark: str) -> None:
    """Write what became of a request."""
    row.state, row.decided_by, row.decided_at, row.remark = state, user_id, now(), remark


def approvers(session: Session, organization_id: str, besides: str) -> list[model.User]:
    """Return the active administrators of an organisation, without the person who asks."""
    member, user = model.Member, model.User
    wanted = (
        sa.select(user)
        .join(member, sa.and_(member.table_id == user.id, member.table_name == "user"))
        .where(
            member.group_id == organization_id,
            member.capacity == "admin",
            member.state == "active",
            user.state == "active",
            user.id != besides,
        )
        .order_by(user.name)
    )
    return list(session.execute(wanted).scalars())


def waiting(session: Session, organization_ids: Collection[str] | None, user_id: str | None) -> list[model.Package]:
    """Return the datasets that wait for approval, by title.

    :param organization_ids: whose; nothing for those of all.
    :param user_id: asked for by this person; nothing for whoever asked.
    """
    wanted = (
        sa.select(model.Package)
        .join(Approval, Approval.package_id == model.Package.id)
        .where(Approval.state == ApprovalState.ASKED, model.Package.state != model.State.DELETED)
    )
    if organization_ids is not None:
        wanted = wanted.where(model.Package.owner_org.in_(organization_ids))
    if user_id is not None:
        wanted = wanted.where(Approval.asked_by == user_id)
    return list(session.execute(wanted.order_by(model.Package.title, model.Package.id)).scalars().unique())
