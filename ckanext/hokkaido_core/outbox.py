"""Transactional outbox: what must happen after a commit is written in the same transaction.

A message is delivered at least once: by a background job started as soon as the transaction ends, and by the clock's
sweep for whatever that job missed (Redis away, process killed). Handlers are therefore idempotent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, SessionTransaction

from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage

__all__ = ["UnknownKind", "drain", "handler", "pending", "put"]

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]

#: How long a delivery may take before another process is allowed to try the same message.
LEASE = timedelta(minutes=5)
#: The longest wait between two attempts.
LONGEST_WAIT = timedelta(hours=1)

_PENDING = "hokkaido_outbox_pending"
_handlers: dict[str, Handler] = {}


class UnknownKind(LookupError):
    """No plugin that is loaded handles messages of this kind."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that delivers messages of `kind`; it gets the payload and must be idempotent."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def put(session: Session, kind: str, payload: dict[str, Any], *, key: str | None = None) -> None:
    """Write a message in the caller's transaction; it is delivered after that transaction is committed.

    :param kind: name under which a handler is registered.
    :param payload: JSON object; ids only, never the text of something that is not public.
    :param key: while a message of the same kind and key waits for its first delivery, a second one is not stored.
    """
    values = {"kind": kind, "key": key, "payload": payload}
    statement = insert(OutboxMessage).values(**values)
    if key is not None:
        statement = statement.on_conflict_do_nothing(
            index_elements=["kind", "key"],
            index_where=sa.text("done_at IS NULL AND key IS NOT NULL"),
        )
    session.execute(statement)
    session.info[_PENDING] = True


@event.listens_for(model.Session, "after_transaction_end")
def _start_delivery(session: Session, transaction: SessionTransaction) -> None:
    """Ask a worker to deliver once the outermost transaction has ended (a savepoint ends earlier)."""
    if transaction.parent is not None or not session.info.pop(_PENDING, False):
        return
    try:
        tk.enqueue_job(drain, title="hokkaido outbox")
    except RedisError:
        log.warning("Outbox: no queue within reach; the clock's sweep will deliver")


def pending(session: Session) -> int:
    """Count the messages that are not delivered yet."""
    return session.execute(
        sa.select(sa.func.count()).select_from(OutboxMessage).where(OutboxMessage.done_at.is_(None))
    ).scalar_one()


def drain(limit: int = 1000) -> int:
    """Deliver what is due, oldest first, and return how many messages succeeded.

    :param limit: the most messages tried in this call.
    """
    delivered = 0
    for _ in range(limit):
        message = _lease_next()
        if message is None:
            break
        delivered += _deliver(*message)
    return delivered


def _lease_next() -> tuple[str, str, dict[str, Any], int] | None:
    """Take the next message and hide it from other processes for the time of a lease.

    A handler may commit (CKAN's own actions do), which would release a row lock; a lease outlives that. The key is
    given free: what is written from now on may be news to a handler that has read its data already.
    """
    session = model.Session()
    at = now()
    message = session.execute(OutboxMessage.due(at)).scalar_one_or_none()
    if message is None:
        session.rollback()
        return None
    message.attempts += 1
    message.key = None
    message.available_at = at + LEASE
    taken = (message.id, message.kind, message.payload, message.attempts)
    session.commit()
    return taken


def _deliver(message_id: str, kind: str, payload: dict[str, Any], attempts: int) -> bool:
    session = model.Session()
    try:
        _handler_of(kind)(payload)
    except Exception as error:
        # The boundary of a background job: whatever went wrong is recorded with the message and tried again later.
        log.exception("Outbox: message %s of kind %s failed at attempt %s", message_id, kind, attempts)
        session.rollback()
        wait = min(timedelta(seconds=2**attempts), LONGEST_WAIT)
        _record(session, message_id, available_at=now() + wait, last_error=f"{type(error).__name__}: {error}"[:2000])
        return False
    _record(session, message_id, done_at=now(), last_error=None)
    return True


def _handler_of(kind: str) -> Handler:
    if kind not in _handlers:
        raise UnknownKind(kind)
    return _handlers[kind]


def _record(session: Session, message_id: str, **values: Any) -> None:
    session.execute(sa.update(OutboxMessage).where(OutboxMessage.id == message_id).values(**values))
    session.commit()
