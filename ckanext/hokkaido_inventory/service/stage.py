"""How far the opening of a holding has come, as an expression of SQL; the state is derived each time, never stored."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Opening, Promotion, Published
from ckanext.hokkaido_inventory.service.holding import Status

__all__ = ["planned_on", "stage"]


def stage() -> sa.ColumnElement[str]:
    """Return 公開済, 公開準備中 or 公開予定, else the decision of the public copy."""
    package: sa.Table = model.Package.__table__
    resource: sa.Table = model.Resource.__table__
    has_file = sa.exists().where(resource.c.package_id == package.c.id, resource.c.state == model.State.ACTIVE)
    linked = sa.exists().where(
        Promotion.holding_id == Published.holding_id,
        package.c.id == Promotion.package_id,
        package.c.state != model.State.DELETED,
    )
    public = linked.where(package.c.state == model.State.ACTIVE, package.c.private.is_(False), has_file)
    planned = sa.exists().where(Opening.holding_id == Published.holding_id)
    return sa.case(
        (public, Status.PUBLISHED),
        (linked, Status.PREPARING),
        (planned, Status.PLANNED),
        else_=Published.decision,
    )


def planned_on() -> sa.ScalarSelect[object]:
    """Return the day until which the opening of a holding is planned."""
    return sa.select(Opening.planned_on).where(Opening.holding_id == Published.holding_id).scalar_subquery()
