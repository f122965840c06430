"""Holdings: identities with a number that their unit can see, and the dataset that may have grown out of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_inventory.model import Holding, Promotion
from ckanext.hokkaido_inventory.service import bulk

__all__ = ["Dataset", "Status", "add", "add_many", "datasets_of", "of_unit"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that grew out of a holding, as far as the holding's status needs it."""

    id: str
    name: str
    title: str
    state: str
    private: bool
    has_file: bool

    @property
    def status(self) -> str | None:
        """Return `published` 公開済 or `preparing` 公開準備中; nothing when the dataset is deleted."""
        if self.state == model.State.DELETED:
            return None
        public = self.state == model.State.ACTIVE and not self.private and self.has_file
        return Status.PUBLISHED if public else Status.PREPARING


class Status:
    """Stages of a holding's publication; never stored, always read from the dataset."""

    PUBLISHED = "published"
    PREPARING = "preparing"
    PLANNED = "planned"


def of_unit(session: Session, unit_id: str) -> dict[int, Holding]:
    """Return the holdings of a unit by number."""
    found = session.execute(sa.select(Holding).where(Holding.unit_id == unit_id)).scalars()
    return {holding.number: holding for holding in found}


def add(session: Session, unit_id: str, count: int = 1) -> list[Holding]:
    """Add holdings with the next free numbers of the unit.

    Two transactions of one unit take turns here: a lock of the unit is held until each ends.
    """
    last = _last_number(session, unit_id)
    holdings = [Holding(unit_id=unit_id, number=last + step) for step in range(1, count + 1)]
    session.add_all(holdings)
    session.flush()
    return holdings


def add_many(session: Session, unit_id: str, count: int) -> list[str]:
    """Do as `add` does for thousands, and return the ids in the order of the numbers."""
    if not count:
        return []
    last, at = _last_number(session, unit_id), now()
    ids = bulk.new_ids(count)
    rows = [
        {"id": holding_id, "unit_id": unit_id, "number": last + step, "created_at": at}
        for step, holding_id in enumerate(ids, 1)
    ]
    bulk.insert(session, Holding, rows)
    return ids


def _last_number(session: Session, unit_id: str) -> int:
    """Return the highest number a unit has given, and let nobody else give one before this transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"hokkaido_inventory_holding:{unit_id}"))))
    return session.scalar(sa.select(sa.func.max(Holding.number)).where(Holding.unit_id == unit_id)) or 0


def datasets_of(session: Session, holding_ids: Collection[str]) -> dict[str, Dataset]:
    """Return the datasets that grew out of holdings, in one statement; purged ones are not there any more."""
    package: sa.Table = model.Package.__table__
    resource: sa.Table = model.Resource.__table__
    has_file = sa.exists().where(resource.c.package_id == package.c.id, resource.c.state == model.State.ACTIVE)
    rows = session.execute(
        sa.select(
            Promotion.holding_id,
            package.c.id,
            package.c.name,
            package.c.title,
            package.c.state,
            package.c.private,
            has_file.label("has_file"),
        )
        .join(package, package.c.id == Promotion.package_id)
        .where(Promotion.holding_id.in_(holding_ids))
    )
    return {row[0]: Dataset(*row[1:]) for row in rows}
