"""Notices which datasets a transaction touches, and brings the feed along before it is committed."""

from __future__ import annotations

import logging
from typing import Any

from ckan import model
from ckan.model.meta import create_local_session
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import dataset_of, outbox, remember
from ckanext.hokkaido_dcat import config
from ckanext.hokkaido_dcat.service import changes, links, reading, store
from ckanext.hokkaido_dcat.service.store import Outcome
from ckanext.hokkaido_schema.shared import SERIES

__all__ = [
    "LINKED_CHANGED",
    "ORGANIZATION_CHANGED",
    "note",
    "organization_changed",
    "refresh_linking",
    "refresh_organization",
]

log = logging.getLogger(__name__)

#: Kind of message that asks to write the datasets of an organisation again.
ORGANIZATION_CHANGED = "dcat.organization_changed"

#: Kind of message that asks to write what links to series that have changed, or to datasets that came or went.
LINKED_CHANGED = "dcat.linked_changed"

_TOUCHED = "hokkaido_dcat_touched"
#: Series that a transaction changes.
_SERIES = "hokkaido_dcat_series"
#: Datasets that a transaction makes: nothing links to them yet.
_NEW = "hokkaido_dcat_new"
_BATCH = 100


def note(entity: Any, operation: str = "") -> None:
    """Remember the dataset of an object that CKAN announces as new, changed or deleted just before a commit."""
    dataset_id = dataset_of(entity)
    remember(entity, _TOUCHED, dataset_id)
    if isinstance(entity, model.Package) and operation == model.DomainObjectOperation.new:
        remember(entity, _NEW, dataset_id)
    elif isinstance(entity, model.Package) and entity.type == SERIES:
        remember(entity, _SERIES, dataset_id)


@event.listens_for(create_local_session, "before_commit")
@event.listens_for(model.Session, "before_commit")
def _write_feed(session: Session) -> None:
    """Write what was noted, after CKAN's own listener has announced everything that this commit changes."""
    touched, series, new = (session.info.pop(name, set()) for name in (_TOUCHED, _SERIES, _NEW))
    if not touched:
        return
    ids = sorted(touched)
    outcome = _write_at_once(session, ids) or _write_each(session, ids)
    if outcome is None:
        log.error("Feed: %s could not be brought up to date; run `ckan hokkaido feed rebuild`", ids)
        outcome = Outcome()
    _linked_changed(session, series, {*outcome.withdrawn, *outcome.appeared} - new)


def _write_at_once(session: Session, ids: list[str]) -> Outcome | None:
    """Write datasets, all or none; return nothing where the database refused that.

    The tables of the feed may be missing (migration not run) or locked; the save must not fail because of that.
    """
    try:
        # The savepoint travels with the first question: of its own, it would take two more journeys in every save.
        return store.refresh(session, ids, alone=True)
    except SQLAlchemyError:
        log.exception("Feed: %s could not be written at once", ids)
    try:
        session.connection().exec_driver_sql(f"ROLLBACK TO SAVEPOINT {reading.SAVEPOINT}")
    except SQLAlchemyError:
        log.exception("Feed: the transaction cannot be used any more")
    return None


def _write_each(session: Session, ids: list[str]) -> Outcome | None:
    """Write datasets one after the other, with a note of those that fail; return nothing where even that is refused."""
    try:
        with session.connection().begin_nested():
            return store.refresh(session, ids)
    except SQLAlchemyError:
        log.exception("Feed: %s could not be written", ids)
        return None


def _linked_changed(session: Session, series: set[str], datasets: set[str]) -> None:
    """Ask to write again, once this is committed, what speaks of a changed series or of a dataset that came or went."""
    if series or datasets:
        outbox.put(session, LINKED_CHANGED, {"series": sorted(series), "datasets": sorted(datasets)})


@outbox.handler(LINKED_CHANGED)
def refresh_linking(payload: dict[str, Any]) -> None:
    """Write the members of series and the successors of datasets again; doing it twice does no harm."""
    session = model.Session()
    _refresh(session, [*links.members(session, payload["series"]), *links.followers(session, payload["datasets"])])
    # Tombstones tell ids of datasets to everybody; a series had a title and more in the words of its members.
    for series_id in links.hidden(session, payload["series"]):
        changes.forget(session, f"/{SERIES}/{series_id}")
    session.commit()


def _refresh(session: Session, ids: list[str]) -> None:
    """Write datasets again, in several transactions."""
    for start in range(0, len(ids), _BATCH):
        store.refresh(session, ids[start : start + _BATCH])
        session.commit()


def organization_changed(organization_id: str) -> None:
    """Ask, in the transaction that changes an organisation, to write its datasets again once that is committed."""
    outbox.put(model.Session(), ORGANIZATION_CHANGED, {"id": organization_id})


@outbox.handler(ORGANIZATION_CHANGED)
def refresh_organization(payload: dict[str, Any]) -> None:
    """Write the datasets of an organisation and of its series again; doing it twice does no harm."""
    session = model.Session()
    organization_id = payload["id"]
    _refresh(session, reading.dataset_ids_of(session, organization_id))
    _refresh(session, links.members_of_organization(session, organization_id))
    if reading.is_organization(session, organization_id, config.catalog_publisher()):
        changes.catalog_changed(session)
        session.commit()
