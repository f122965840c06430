"""Notices which datasets a transaction touches, and brings the feed along before it is committed."""

from __future__ import annotations

import logging
from typing import Any

from ckan import model
from ckan.model.meta import create_local_session
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, object_session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.service import changes, reading, store

__all__ = ["ORGANIZATION_CHANGED", "note", "organization_changed", "refresh_organization"]

log = logging.getLogger(__name__)

#: Kind of message that asks to write the datasets of an organisation again.
ORGANIZATION_CHANGED = "dcat.organization_changed"

_TOUCHED = "hokkaido_dcat_touched"
_BATCH = 100


def note(entity: Any) -> None:
    """Remember the dataset of an object that CKAN announces as new, changed or deleted just before a commit."""
    if isinstance(entity, model.Package):
        dataset_id = entity.id
    elif isinstance(entity, model.Resource):
        dataset_id = entity.package_id
    else:
        return
    session = object_session(entity) or model.Session()
    if dataset_id:
        session.info.setdefault(_TOUCHED, set()).add(dataset_id)


@event.listens_for(create_local_session, "before_commit")
@event.listens_for(model.Session, "before_commit")
def _write_feed(session: Session) -> None:
    """Write what was noted, after CKAN's own listener has announced everything that this commit changes."""
    touched = session.info.pop(_TOUCHED, None)
    if not touched:
        return
    ids = sorted(touched)
    if not _written(session, ids, alone=True) and not _written(session, ids, alone=False):
        log.error("Feed: %s could not be brought up to date; run `ckan hokkaido feed rebuild`", ids)


def _written(session: Session, ids: list[str], *, alone: bool) -> bool:
    """Write datasets, at once or one after the other with a note of those that fail; tell whether that worked.

    The tables of the feed may be missing (migration not run) or locked; the save must not fail because of that.
    """
    try:
        with session.connection().begin_nested():
            store.refresh(session, ids, alone=alone)
    except SQLAlchemyError:
        log.exception("Feed: %s could not be written%s", ids, " at once" if alone else "")
        return False
    return True


def organization_changed(organization_id: str) -> None:
    """Ask, in the transaction that changes an organisation, to write its datasets again once that is committed."""
    outbox.put(model.Session(), ORGANIZATION_CHANGED, {"id": organization_id})


@outbox.handler(ORGANIZATION_CHANGED)
def refresh_organization(payload: dict[str, Any]) -> None:
    """Write the public datasets of an organisation again, in several transactions; doing it twice does no harm."""
    session = model.Session()
    ids = reading.dataset_ids_of(session, payload["id"])
    for start in range(0, len(ids), _BATCH):
        store.refresh(session, ids[start : start + _BATCH])
        session.commit()
    if reading.is_organization(session, payload["id"], config.catalog_publisher()):
        changes.catalog_changed(session)
        session.commit()
