"""Keeps the feed equal to the datasets, inside the transaction that changes them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import now
from ckanext.hokkaido_dcat.domain import profile
from ckanext.hokkaido_dcat.model import Entry, Fragment, State
from ckanext.hokkaido_dcat.service import reading
from ckanext.hokkaido_dcat.service.rendering import Rendered, render, site_url

__all__ = ["Outcome", "refresh"]

log = logging.getLogger(__name__)

#: Key of the advisory lock under which sequences are given; held until the transaction ends, so that a dataset with a
#: lower sequence is never committed after one with a higher.
SEQUENCE_LOCK = 4_770_002


@dataclass(slots=True)
class Outcome:
    """What a refresh did, as dataset ids."""

    written: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def refresh(session: Session, ids: Iterable[str]) -> Outcome:
    """Make the feed say of these datasets what the current transaction says of them; new ones get places in this order.

    A fault with one dataset marks that one dirty and touches no other; the caller's transaction stays usable.
    """
    outcome = Outcome()
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return outcome
    # The entries are locked before the datasets are read: of two transactions that refresh the same dataset, the
    # second one reads what the first one committed.
    entries = _lock(session, wanted)
    datasets = reading.read(session, wanted, site_url())
    for dataset_id in wanted:
        dataset, entry = datasets.get(dataset_id), entries.get(dataset_id)
        if dataset is not None and reading.is_public(dataset):
            _publish(session, dataset, entry, outcome)
        elif entry is not None and entry.state != State.WITHDRAWN:
            _withdraw(session, dataset_id)
            outcome.withdrawn.append(dataset_id)
    return outcome


def _lock(session: Session, ids: list[str]) -> dict[str, Any]:
    table = Entry.__table__
    statement = sa.select(table).where(table.c.dataset_id.in_(ids)).order_by(table.c.dataset_id).with_for_update()
    return {row.dataset_id: row for row in session.execute(statement)}


def _publish(session: Session, dataset: dict[str, Any], entry: Any, outcome: Outcome) -> None:
    dataset_id = dataset["id"]
    try:
        # A savepoint of the connection, not of the session: that one would announce every change to CKAN once more.
        with session.connection().begin_nested():
            rendered = render(dataset)
            if _write(session, dataset_id, entry, rendered):
                outcome.written.append(dataset_id)
    except Exception as error:
        # The boundary between the feed and an editor's save: whatever a profile or a contributor does wrong, the
        # dataset is saved, and the fault is on record.
        log.exception("Feed: dataset %s could not be written", dataset_id)
        outcome.failed.append(dataset_id)
        _mark_dirty(session, dataset_id, error)


def _write(session: Session, dataset_id: str, entry: Any, rendered: Rendered) -> bool:
    """Store what was rendered; return whether the feed says something else now."""
    visible = entry is not None and entry.state == State.PUBLISHED
    if visible and _hashes(session, dataset_id) == rendered.hashes:
        if entry.dirty or entry.problems != rendered.problems:
            _update(session, dataset_id, dirty=False, error=None, problems=rendered.problems)
        return False
    at = now()
    values: dict[str, Any] = {"changed_at": at, "dirty": False, "error": None, "problems": rendered.problems}
    if not visible:
        sequence = entry.sequence if entry is not None and entry.sequence else _next_sequence(session)
        values |= {"state": State.PUBLISHED, "sequence": sequence, "published_at": at, "withdrawn_at": None}
    if entry is None:
        values["state"] = State.PUBLISHED
        statement = insert(Entry).values(dataset_id=dataset_id, **values)
        session.execute(statement.on_conflict_do_update(index_elements=["dataset_id"], set_=values))
    else:
        _update(session, dataset_id, **values)
    _store_bodies(session, dataset_id, rendered)
    return True


def _store_bodies(session: Session, dataset_id: str, rendered: Rendered) -> None:
    rows = [
        {
            "dataset_id": dataset_id,
            "profile": profile.NAME,
            "family": family,
            "body": body,
            "sha256": rendered.hashes[family],
        }
        for family, body in rendered.bodies.items()
    ]
    statement = insert(Fragment).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["dataset_id", "profile", "family"],
            set_={"body": statement.excluded.body, "sha256": statement.excluded.sha256},
        )
    )


def _hashes(session: Session, dataset_id: str) -> dict[str, str]:
    statement = sa.select(Fragment.family, Fragment.sha256).where(
        Fragment.dataset_id == dataset_id, Fragment.profile == profile.NAME
    )
    return {row.family: row.sha256 for row in session.execute(statement)}


def _next_sequence(session: Session) -> int:
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(SEQUENCE_LOCK)))
    return (session.execute(sa.select(sa.func.max(Entry.sequence))).scalar_one() or 0) + 1


def _withdraw(session: Session, dataset_id: str, at: datetime | None = None) -> None:
    session.execute(sa.delete(Fragment).where(Fragment.dataset_id == dataset_id))
    _update(
        session,
        dataset_id,
        state=State.WITHDRAWN,
        withdrawn_at=at or now(),
        dirty=False,
        error=None,
        problems=[],
    )


def _mark_dirty(session: Session, dataset_id: str, error: Exception) -> None:
    """Note that a dataset could not be written; what the feed said of it before stays, for it is still public."""
    values = {"dirty": True, "error": f"{type(error).__name__}: {error}"[:2000]}
    statement = insert(Entry).values(dataset_id=dataset_id, state=State.WAITING, problems=[], **values)
    try:
        with session.connection().begin_nested():
            session.execute(statement.on_conflict_do_update(index_elements=["dataset_id"], set_=values))
            # A tombstone of a dataset that is public again waits to be written, it is not withdrawn.
            session.execute(
                sa.update(Entry)
                .where(Entry.dataset_id == dataset_id, Entry.state == State.WITHDRAWN)
                .values(state=State.WAITING),
                execution_options={"synchronize_session": False},
            )
    except SQLAlchemyError:
        log.exception("Feed: the fault of dataset %s could not be recorded", dataset_id)


def _update(session: Session, dataset_id: str, **values: Any) -> None:
    session.execute(
        sa.update(Entry).where(Entry.dataset_id == dataset_id).values(**values),
        execution_options={"synchronize_session": False},
    )
