"""The outbox: after a commit, at least once, and never before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.model.outbox import OutboxMessage

pytestmark = pytest.mark.usefixtures("clean_outbox")


@pytest.fixture
def clean_outbox() -> Iterator[None]:
    """Start and end with an empty outbox."""
    model.Session.execute(sa.delete(OutboxMessage))
    model.Session.commit()
    yield
    model.Session.rollback()
    model.Session.execute(sa.delete(OutboxMessage))
    model.Session.commit()


@pytest.fixture
def delivered() -> Iterator[list[dict[str, Any]]]:
    """Collect what a handler for the kind `test` receives."""
    received: list[dict[str, Any]] = []
    outbox.handler("test")(received.append)
    yield received
    outbox._handlers.pop("test")


def _stored() -> list[OutboxMessage]:
    return list(model.Session.execute(sa.select(OutboxMessage)).scalars())


def test_a_message_is_delivered_once_after_the_commit(delivered: list[dict[str, Any]]) -> None:
    outbox.put(model.Session(), "test", {"id": "1"})
    model.Session.commit()
    assert outbox.drain() == 1
    assert outbox.drain() == 0
    assert delivered == [{"id": "1"}]


def test_a_transaction_that_is_rolled_back_leaves_no_message(delivered: list[dict[str, Any]]) -> None:
    outbox.put(model.Session(), "test", {"id": "1"})
    model.Session.rollback()
    assert outbox.drain() == 0
    assert delivered == []


def test_a_waiting_message_of_the_same_key_is_not_doubled(delivered: list[dict[str, Any]]) -> None:
    for _ in range(2):
        outbox.put(model.Session(), "test", {"id": "1"}, key="one")
    model.Session.commit()
    assert outbox.drain() == 1
    assert len(delivered) == 1


def test_a_key_may_be_used_again_once_delivered(delivered: list[dict[str, Any]]) -> None:
    for _ in range(2):
        outbox.put(model.Session(), "test", {"id": "1"}, key="one")
        model.Session.commit()
        outbox.drain()
    assert len(delivered) == 2


def test_news_that_comes_during_a_delivery_is_not_dropped(delivered: list[dict[str, Any]]) -> None:
    @outbox.handler("test")
    def more_comes(payload: dict[str, Any]) -> None:
        if not delivered:
            outbox.put(model.Session(), "test", {"id": "later"}, key="one")
            model.Session.commit()
        delivered.append(payload)

    outbox.put(model.Session(), "test", {"id": "first"}, key="one")
    model.Session.commit()
    outbox.drain()
    assert [payload["id"] for payload in delivered] == ["first", "later"]


def test_a_failing_handler_keeps_the_message_for_later(delivered: list[dict[str, Any]]) -> None:
    @outbox.handler("test")
    def fail(_payload: dict[str, Any]) -> None:
        raise RuntimeError("the file store is away")

    outbox.put(model.Session(), "test", {"id": "1"})
    model.Session.commit()
    assert outbox.drain() == 0
    (message,) = _stored()
    assert message.done_at is None
    assert message.attempts == 1
    assert "the file store is away" in (message.last_error or "")
    assert message.available_at > now()
    assert delivered == []


def test_a_message_nobody_handles_waits_for_its_plugin() -> None:
    outbox.put(model.Session(), "of another plugin", {})
    model.Session.commit()
    assert outbox.drain() == 0
    assert outbox.pending(model.Session()) == 1


def test_a_handler_that_commits_is_still_delivered_once(delivered: list[dict[str, Any]]) -> None:
    @outbox.handler("test")
    def commit(payload: dict[str, Any]) -> None:
        model.Session.commit()
        delivered.append(payload)

    outbox.put(model.Session(), "test", {"id": "1"})
    model.Session.commit()
    assert outbox.drain() == 1
    assert len(delivered) == 1


def test_the_commit_asks_a_worker_to_deliver(clean_queues: None) -> None:
    from ckan.lib import jobs

    outbox.put(model.Session(), "test", {})
    model.Session.commit()
    assert [job.func_name for job in jobs.get_queue().jobs] == ["ckanext.hokkaido_core.outbox.drain"]


def test_a_savepoint_does_not_ask_a_worker_too_early(clean_queues: None) -> None:
    from ckan.lib import jobs

    with model.Session.begin_nested():
        outbox.put(model.Session(), "test", {})
    assert jobs.get_queue().jobs == []
    model.Session.commit()
    assert len(jobs.get_queue().jobs) == 1
