"""Keeping the index of the public inventory as the table is: after each change, as a whole, and by comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.model import Holding, Published, Response
from ckanext.hokkaido_inventory.service import inventory_index as index
from ckanext.hokkaido_inventory.service.index_documents import documents
from ckanext.hokkaido_inventory.service.reconciliation import Drift

__all__ = ["MESSAGE", "ask_for_holdings", "ask_for_survey", "ask_for_whole", "index_drift", "refresh", "reindex"]

#: Kind of the message that asks to bring the index along; its payload is a `survey`, `holdings` (ids), or nothing.
MESSAGE = "inventory.index"


def ask_for_survey(session: Session, survey_id: str) -> None:
    """Ask, in the transaction of a publication, to index what it changed."""
    outbox.put(session, MESSAGE, {"survey": survey_id}, key=f"survey:{survey_id}")


def ask_for_holdings(session: Session, holding_ids: Iterable[str]) -> None:
    """Ask, in the transaction that changes something about holdings, to index them anew."""
    for holding_id in sorted(holding_ids):
        outbox.put(session, MESSAGE, {"holdings": [holding_id]}, key=f"holding:{holding_id}")


def ask_for_whole(session: Session) -> None:
    """Ask to index everything anew."""
    outbox.put(session, MESSAGE, {}, key="whole")


def refresh(session: Session, url: str, payload: dict[str, Any]) -> None:
    """Bring the index along for what a message names; doing it twice does no harm.

    :raises IndexUnavailable: when the index does not take it; the outbox tries again.
    """
    if "holdings" in payload:
        _renew(session, url, payload["holdings"])
    elif "survey" in payload:
        _renew(session, url, _touched_by(session, payload["survey"]))
    else:
        reindex(session, url)


def reindex(session: Session, url: str, progress: Callable[[int], None] | None = None) -> int:
    """Write every document anew, take out what does not belong, and return the number of documents.

    What was found before is found all the while.
    """
    _take_turns(session)
    run, count = uuid4().hex, 0
    for batch in documents(session):
        index.write(url, [document | {"run": run} for document in batch])
        count += len(batch)
        if progress:
            progress(count)
    index.clear_except(url, run)
    index.show(url)
    return count


def index_drift(session: Session, url: str) -> list[Drift]:
    """Compare the index with the table.

    :returns: `index_missing` (a row that is not found), `index_stale` (found in an earlier state), `index_phantom` (in
        the index without a row; never shown, because pages read the table), or one `index_unreachable`.
    """
    if not url:
        return []
    try:
        held = dict(index.ids_and_stamps(url))
    except index.IndexUnavailable:
        return [Drift("index_unreachable", url)]
    found = []
    for batch in documents(session):
        for document in batch:
            stamp = held.pop(document["id"], None)
            if stamp != document["stamp"]:
                found.append(Drift("index_missing" if stamp is None else "index_stale", document["id"]))
    return [*found, *(Drift("index_phantom", holding_id) for holding_id in sorted(held))]


def _renew(session: Session, url: str, holding_ids: Iterable[str]) -> None:
    _take_turns(session)
    gone = set(holding_ids)
    for batch in documents(session, frozenset(gone)):
        index.write(url, batch)
        gone -= {document["id"] for document in batch}
    index.delete(url, sorted(gone))
    index.show(url)


def _touched_by(session: Session, survey_id: str) -> list[str]:
    """Return every holding of the units of a round: one that is published no more has left no other trace."""
    units = sa.select(Response.unit_id).where(Response.survey_id == survey_id)
    held = sa.select(Holding.id).where(Holding.unit_id.in_(units))
    told = sa.select(Published.holding_id).where(Published.unit_id.in_(units))
    return list(session.execute(sa.union(held, told)).scalars())


def _take_turns(session: Session) -> None:
    """Let one process write at a time, so that what is read later is also written later; held until the commit."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("hokkaido_inventory_index"))))
