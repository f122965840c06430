"""Notices what changes how open a holding is (its dataset, its plan), so that the index can follow."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.model.meta import create_local_session
from sqlalchemy import event
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import dataset_of, remember
from ckanext.hokkaido_inventory.config import index_url
from ckanext.hokkaido_inventory.model import Opening, Promotion
from ckanext.hokkaido_inventory.service import inventory_upkeep

__all__ = ["note"]

_PACKAGES, _HOLDINGS = "hokkaido_inventory_packages", "hokkaido_inventory_holdings"


def note(entity: Any) -> None:
    """Remember the dataset of an object that CKAN announces as new, changed or deleted just before a commit."""
    remember(entity, _PACKAGES, dataset_of(entity))


@event.listens_for(Opening, "after_insert")
@event.listens_for(Opening, "after_update")
@event.listens_for(Opening, "after_delete")
@event.listens_for(Promotion, "after_insert")
@event.listens_for(Promotion, "after_update")
@event.listens_for(Promotion, "after_delete")
def _note_holding(_mapper: Any, _connection: Any, target: Opening | Promotion) -> None:
    remember(target, _HOLDINGS, target.holding_id)


@event.listens_for(create_local_session, "before_commit")
@event.listens_for(model.Session, "before_commit")
def _ask(session: Session) -> None:
    """Ask for the holdings behind what this commit changes."""
    packages, holdings = session.info.pop(_PACKAGES, set()), session.info.pop(_HOLDINGS, set())
    if not (packages or holdings) or not index_url():
        return
    linked = sa.select(Promotion.holding_id).where(Promotion.package_id.in_(packages))
    found = holdings | set(session.execute(linked).scalars() if packages else ())
    inventory_upkeep.ask_for_holdings(session, found)
