"""Drift between holdings and the CKAN datasets they grew into, the published lists among them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.model import Holding, Promotion, Published
from ckanext.hokkaido_inventory.service import inventory_list
from ckanext.hokkaido_inventory.service.reconciliation import CHECKS, Check, Drift

__all__: list[str] = []


def _package() -> sa.Table:
    return model.Package.__table__


def _purged(session: Session) -> list[Drift]:
    """Find links to datasets that are not there any more."""
    package = _package()
    rows = session.execute(
        sa.select(Promotion.holding_id, Promotion.package_id).where(
            ~sa.exists().where(package.c.id == Promotion.package_id)
        )
    )
    return [Drift("dataset_purged", holding_id, package_id) for holding_id, package_id in rows]


def _deleted(session: Session) -> list[Drift]:
    """Find links to datasets that were deleted: an empty link, which the next promotion would replace."""
    package = _package()
    rows = session.execute(
        sa.select(Promotion.holding_id, package.c.name)
        .join(package, package.c.id == Promotion.package_id)
        .where(package.c.state == model.State.DELETED)
    )
    return [Drift("dataset_deleted", holding_id, name) for holding_id, name in rows]


def _unlink(session: Session, drift: Sequence[Drift]) -> int:
    gone = sa.delete(Promotion).where(Promotion.holding_id.in_([one.subject for one in drift]))
    return session.execute(gone.execution_options(synchronize_session=False)).rowcount


def _not_open(session: Session) -> list[Drift]:
    """Find public datasets of holdings that are published as something else than open, or not for all.

    Nothing is mended: whether the dataset or the decision is wrong, a person must say.
    """
    package = _package()
    rows = session.execute(
        sa.select(Published.holding_id, package.c.name, Published.decision)
        .join(Promotion, Promotion.holding_id == Published.holding_id)
        .join(package, package.c.id == Promotion.package_id)
        .where(
            Published.superseded_by.is_(None),
            sa.or_(Published.decision != Decision.OPEN, Published.listing != Listing.PUBLIC),
            package.c.state == model.State.ACTIVE,
            package.c.private.is_(False),
        )
    )
    return [
        Drift("not_open_any_more" if decision != Decision.OPEN else "not_listed_for_all", holding_id, name)
        for holding_id, name, decision in rows
    ]


def _owners(session: Session) -> list[Drift]:
    """Find datasets that belong to another organisation than the unit that holds the data (after a transfer)."""
    package = _package()
    rows = session.execute(
        sa.select(Holding.id, package.c.name)
        .join(Promotion, Promotion.holding_id == Holding.id)
        .join(package, package.c.id == Promotion.package_id)
        .where(package.c.state != model.State.DELETED, package.c.owner_org.is_distinct_from(Holding.unit_id))
    )
    return [Drift("owner_differs", holding_id, name) for holding_id, name in rows]


def _lists(session: Session) -> list[Drift]:
    """Find published lists of a fiscal year without a public dataset; they are asked for anew by the action."""
    found = []
    for year in inventory_list.years(session):
        package = session.get(model.Package, inventory_list.dataset_id(year))
        if package is None:
            found.append(Drift("list_missing", str(year)))
        elif package.private or package.state != model.State.ACTIVE:
            found.append(Drift("list_not_public", str(year), package.name))
    return found


def _orphans(session: Session) -> list[Drift]:
    """Find holdings of an organisation that was purged."""
    group: sa.Table = model.Group.__table__
    rows = session.execute(
        sa.select(Holding.id, Holding.unit_id).where(~sa.exists().where(group.c.id == Holding.unit_id))
    )
    return [Drift("unit_missing", holding_id, unit_id) for holding_id, unit_id in rows]


CHECKS.add("dataset_purged", Check(_purged, _unlink))
CHECKS.add("dataset_deleted", Check(_deleted, _unlink))
CHECKS.add("dataset_not_open", Check(_not_open))
CHECKS.add("dataset_owner", Check(_owners))
CHECKS.add("list", Check(_lists))
CHECKS.add("unit", Check(_orphans))
