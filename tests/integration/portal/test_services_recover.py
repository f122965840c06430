"""Services come back after a SIGKILL of any of them, on ports that are theirs, and a healthy one is left alone."""

from __future__ import annotations

import os
import signal
import socket
import time

import pytest
from portal_parts import instance as whole
from portal_parts import ports, postgres
from portal_parts.paths import Instance
from portal_parts.processes import leader, members
from portal_parts.state import make_secrets

NAMES = whole.SERVICES


def _leaders(instance: Instance) -> dict[str, int | None]:
    return {one.part.name: leader(one.part) for one in whole.services(instance)}


def _kill(instance: Instance, name: str) -> None:
    (part,) = [one.part for one in whole.services(instance) if one.part.name == name]
    pid = leader(part)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while pid in members(part) and time.monotonic() < deadline:
        time.sleep(0.01)


def _healthy(instance: Instance) -> dict[str, bool]:
    return {one.part.name: one.healthy for one in whole.services(instance)}


def test_a_second_start_leaves_what_runs_alone(services: Instance) -> None:
    before = _leaders(services)
    whole.start_services(services)
    assert _leaders(services) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_service_comes_back_and_the_others_stay(services: Instance, name: str) -> None:
    before = _leaders(services)
    _kill(services, name)
    assert not _healthy(services)[name]
    whole.start_services(services)
    assert _healthy(services) == dict.fromkeys(NAMES, True)
    changed = {part for part, pid in _leaders(services).items() if pid != before[part]}
    assert changed == {name}


def test_what_was_committed_outlives_a_killed_database(services: Instance) -> None:
    port, password = ports.load(services)["postgres"], make_secrets(services)["pg_super"]
    postgres.psql(port, password, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('道')")
    _kill(services, "postgres")
    whole.start_services(services)
    assert postgres.psql(port, password, "SELECT word FROM kept") == "道"


def test_a_service_moves_when_a_stranger_has_taken_its_port(services: Instance) -> None:
    port = ports.load(services)["redis"]
    _kill(services, "redis")
    assert ports.comes_free(port)
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", port))
        stranger.listen()
        whole.start_services(services)
        assert ports.load(services)["redis"] != port
        assert _healthy(services)["redis"]


def test_the_database_is_utf8_and_knows_only_passwords(services: Instance) -> None:
    port, password = ports.load(services)["postgres"], make_secrets(services)["pg_super"]
    facts = "SELECT current_setting('server_encoding'), current_setting('unix_socket_directories') = ''"
    assert postgres.psql(port, password, facts) == "UTF8|t"
    assert not postgres.ready(port, "wrong")
