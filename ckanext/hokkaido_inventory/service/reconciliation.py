"""Drift between the survey's tables and CKAN's datasets: what a crash, a purge or raw SQL can leave behind."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.model import Holding, Promotion, Published
from ckanext.hokkaido_inventory.service import inventory_list

__all__ = ["Drift", "find", "unlink_purged"]


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that does not agree.

    `kind` is `dataset_purged` (a holding is linked to a dataset that is not there any more), `not_open_any_more` (a
    public dataset of a holding that is now published under another decision), `list_missing` or `list_not_public` (the
    published list of a fiscal year has no public dataset), `unit_missing` (a holding of a purged organisation).
    """

    kind: str
    subject: str
    detail: str = ""


def find(session: Session) -> list[Drift]:
    """Return everything that does not agree."""
    return [*_purged(session), *_not_open(session), *_lists(session), *_orphans(session)]


def unlink_purged(session: Session) -> int:
    """Take away the links to datasets that are not there any more, and return their number."""
    package: sa.Table = model.Package.__table__
    gone = sa.delete(Promotion).where(~sa.exists().where(package.c.id == Promotion.package_id))
    return session.execute(gone.execution_options(synchronize_session=False)).rowcount


def _purged(session: Session) -> list[Drift]:
    package: sa.Table = model.Package.__table__
    rows = session.execute(
        sa.select(Promotion.holding_id, Promotion.package_id).where(
            ~sa.exists().where(package.c.id == Promotion.package_id)
        )
    )
    return [Drift("dataset_purged", holding_id, package_id) for holding_id, package_id in rows]


def _not_open(session: Session) -> list[Drift]:
    package: sa.Table = model.Package.__table__
    rows = session.execute(
        sa.select(Published.holding_id, package.c.name)
        .join(Promotion, Promotion.holding_id == Published.holding_id)
        .join(package, package.c.id == Promotion.package_id)
        .where(
            Published.superseded_by.is_(None),
            Published.decision != Decision.OPEN,
            package.c.state == model.State.ACTIVE,
            package.c.private.is_(False),
        )
    )
    return [Drift("not_open_any_more", holding_id, name) for holding_id, name in rows]


def _lists(session: Session) -> list[Drift]:
    found = []
    for year in inventory_list.years(session):
        package = session.get(model.Package, inventory_list.dataset_id(year))
        if package is None:
            found.append(Drift("list_missing", str(year)))
        elif package.private or package.state != model.State.ACTIVE:
            found.append(Drift("list_not_public", str(year), package.name))
    return found


def _orphans(session: Session) -> list[Drift]:
    group: sa.Table = model.Group.__table__
    rows = session.execute(
        sa.select(Holding.id, Holding.unit_id).where(~sa.exists().where(group.c.id == Holding.unit_id))
    )
    return [Drift("unit_missing", holding_id, unit_id) for holding_id, unit_id in rows]
