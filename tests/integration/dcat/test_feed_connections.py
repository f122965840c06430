"""The connections by which the front reads: a restarted database is noticed by the next question, not by a reader."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from ckan import model
from sqlalchemy.exc import ProgrammingError

from ckanext.hokkaido_dcat.service.connections import Connections

pytestmark = pytest.mark.usefixtures("with_request_context")


def _backend(connection: sa.Connection) -> int:
    return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()


def test_a_connection_is_kept_and_outside_of_a_transaction() -> None:
    connections = Connections()
    first = connections.read(_backend)
    assert connections.read(_backend) == first
    state = model.Session.execute(sa.text("SELECT state FROM pg_stat_activity WHERE pid = :pid"), {"pid": first})
    assert state.scalar_one() == "idle"


def test_a_question_over_a_dead_connection_is_asked_again() -> None:
    connections = Connections()
    first = connections.read(_backend)
    ended = model.Session.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    assert ended.scalar_one()
    assert connections.read(_backend) != first


def test_what_the_database_refuses_is_not_asked_twice() -> None:
    asked: list[int] = []

    def wrong(connection: sa.Connection) -> None:
        asked.append(1)
        connection.exec_driver_sql("SELECT * FROM no_such_table")

    with pytest.raises(ProgrammingError):
        Connections().read(wrong)
    assert asked == [1]


def test_another_database_of_the_portal_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    connections = Connections()
    first = connections.read(_backend)
    monkeypatch.setattr(model.meta, "engine", model.meta.engine.execution_options())
    assert connections.read(_backend) != first
