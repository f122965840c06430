"""Ports, secrets and notes of an instance survive, stay private, and never collide with a stranger."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from portal_parts import ports, state
from portal_parts.paths import Instance


@pytest.fixture
def stranger() -> Iterator[int]:
    """Hold a port on loopback and return its number."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_secrets_are_made_once(instance: Instance) -> None:
    assert state.make_secrets(instance) == state.make_secrets(instance)


def test_secrets_differ_from_one_another(instance: Instance) -> None:
    found = state.make_secrets(instance)
    assert len(set(found.values())) == len(state.SECRETS)


def test_secrets_can_be_written_into_an_ini_and_an_address(instance: Instance) -> None:
    assert all(set(value).isdisjoint("%@:/?#$ ") for value in state.make_secrets(instance).values())


def test_secrets_are_for_their_owner_only(instance: Instance) -> None:
    state.make_secrets(instance)
    assert (instance.folder / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_may_read_is_closed_again(instance: Instance) -> None:
    path = instance.folder / "ckan.ini"
    state.write_private(path, "x")
    path.chmod(0o644)
    state.write_private(path, "x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_unchanged_file_is_not_written_again(instance: Instance) -> None:
    path = instance.folder / "ckan.ini"
    assert state.write_private(path, "x")
    assert not state.write_private(path, "x")


def test_a_note_that_was_cut_off_counts_as_nothing(instance: Instance) -> None:
    instance.folder.mkdir()
    (instance.folder / "state.json").write_text('{"sam', encoding="utf-8")
    assert state.done(instance, "sample") is None


def test_a_done_step_is_remembered(instance: Instance) -> None:
    state.mark_done(instance, "sample")
    state.mark_done(instance, "migrations", "abc")
    assert (state.done(instance, "sample"), state.done(instance, "migrations")) == (True, "abc")


def test_a_port_that_someone_listens_on_is_not_free(stranger: int) -> None:
    assert not ports.is_free(stranger)


def test_ports_are_recorded(instance: Instance) -> None:
    assert ports.load(instance) == ports.load(instance)


def test_every_part_has_a_port_of_its_own(instance: Instance) -> None:
    assert len(set(ports.load(instance).values())) == len(ports.NAMES)


def test_a_port_lost_to_a_stranger_is_replaced_for_good(instance: Instance) -> None:
    before = ports.load(instance)
    renewed = ports.renew(instance, "solr")
    assert ports.load(instance) == {**before, "solr": renewed}
    assert renewed not in before.values()
