"""Rebuild, check, status and repair of the feed; and the order in which places are given."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.model.system_info import delete_system_info
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner, call_action

from ckanext.hokkaido_dcat import contributors, duties
from ckanext.hokkaido_dcat.model import Change, Entry, Fragment, State
from ckanext.hokkaido_dcat.service import changes, health, store

pytestmark = pytest.mark.usefixtures("with_plugins", "nothing")


@pytest.fixture
def nothing() -> None:
    """Start with no dataset and nothing in the feed."""
    model.Session.rollback()
    for table in (Fragment, Entry, Change):
        model.Session.execute(sa.delete(table))
    model.Session.execute(sa.update(model.Package).values(state="deleted"))
    model.Session.commit()


@pytest.fixture
def broken() -> Iterator[None]:
    """Make describing any dataset fail until the test takes the fault away."""

    def fail(_dataset: dict[str, Any], _graph: object) -> None:
        raise ZeroDivisionError

    contributors.contributor("test fault")(fail)
    yield
    contributors._contributors.pop("test fault", None)


def _dataset(**fields: Any) -> dict[str, Any]:
    owner = factories.Organization()["id"]
    defaults = {"title": "避難所一覧", "notes": "一覧", "license_id": "CC-BY-4.0"}
    return factories.Dataset(owner_org=owner, **(defaults | fields))


def _bodies() -> dict[tuple[str, str, str], str]:
    rows = model.Session.execute(sa.select(Fragment.dataset_id, Fragment.profile, Fragment.family, Fragment.body))
    return {(row.dataset_id, row.profile, row.family): row.body for row in rows}


def _run(cli: CKANCliRunner, *words: str) -> Any:
    from ckan.cli.cli import ckan

    return cli.invoke(ckan, ["hokkaido", "feed", *words])


def _rebuild() -> dict[str, int]:
    result = call_action("hokkaido_feed_rebuild")
    model.Session.expire_all()
    return result


def _check() -> dict[str, list[str]]:
    return call_action("hokkaido_feed_check")


def test_a_rebuild_makes_the_same_bytes_in_the_same_places() -> None:
    ids = [_dataset()["id"] for _ in range(3)]
    before = _bodies()
    places = {dataset_id: model.Session.get(Entry, dataset_id).sequence for dataset_id in ids}
    model.Session.execute(sa.delete(Fragment))
    model.Session.commit()
    _rebuild()
    assert _bodies() == before
    assert {dataset_id: model.Session.get(Entry, dataset_id).sequence for dataset_id in ids} == places


def test_a_first_rebuild_takes_in_what_was_there_before_the_plugin() -> None:
    first, second = _dataset()["id"], _dataset()["id"]
    for table in (Fragment, Entry, Change):
        model.Session.execute(sa.delete(table))
    model.Session.commit()
    assert _rebuild() == {"written": 2, "withdrawn": 0, "failed": 0, "skipped": 0}
    assert [model.Session.get(Entry, dataset_id).sequence for dataset_id in (first, second)] == [1, 2]


def test_tombstones_survive_a_rebuild() -> None:
    dataset = model.Package.get(_dataset()["id"])
    dataset.state = "deleted"
    model.Session.commit()
    _rebuild()
    assert model.Session.get(Entry, dataset.id).state == State.WITHDRAWN


def test_a_check_of_a_true_feed_is_content() -> None:
    _dataset()
    assert not any(_check().values())


def test_a_check_finds_what_raw_sql_has_changed() -> None:
    changed, hidden, shown = _dataset()["id"], _dataset()["id"], _dataset(private=True)["id"]
    package = model.package_table
    for dataset_id, values in ((changed, {"title": "別"}), (hidden, {"private": True}), (shown, {"private": False})):
        model.Session.execute(sa.update(package).where(package.c.id == dataset_id).values(**values))
    model.Session.commit()
    assert _check() == {"missing": [shown], "surplus": [hidden], "stale": [changed], "faulty": []}
    _rebuild()
    assert not any(_check().values())


def test_the_commands_rebuild_check_and_count(cli: CKANCliRunner) -> None:
    dataset_id = _dataset()["id"]
    model.Session.execute(sa.delete(Fragment))
    model.Session.commit()
    check = _run(cli, "check", "--json")
    assert (check.exit_code, json.loads(check.output.splitlines()[0])["missing"]) == (1, [dataset_id])
    rebuild = _run(cli, "rebuild")
    assert (rebuild.exit_code, "written 1, withdrawn 0, failed 0" in rebuild.output) == (0, True)
    assert _run(cli, "check").exit_code == 0


@pytest.mark.usefixtures("broken")
def test_a_check_names_what_cannot_be_written() -> None:
    dataset_id = _dataset()["id"]
    assert _check()["faulty"] == [dataset_id]


@pytest.mark.usefixtures("broken")
def test_the_clock_writes_later_what_could_not_be_written() -> None:
    dataset_id = _dataset()["id"]
    contributors._contributors.pop("test fault")
    duties.repair()
    model.Session.expire_all()
    entry = model.Session.get(Entry, dataset_id)
    assert (entry.state, entry.dirty, entry.error) == (State.PUBLISHED, False, None)


def test_the_status_counts() -> None:
    _dataset()
    status = call_action("hokkaido_feed_status_show")
    assert (status["published"], status["public"], status["dirty"]) == (1, 1, 0)


def test_a_place_is_never_given_before_an_earlier_place_is_committed() -> None:
    """Let a slow transaction take a place; a second one waits, and so cannot appear on a page before it."""
    slow, quick = _dataset()["id"], _dataset()["id"]
    model.Session.execute(sa.delete(Fragment))
    model.Session.execute(sa.delete(Entry))
    model.Session.execute(sa.delete(Change))
    model.Session.commit()
    session = model.meta.create_local_session()
    store.refresh(session, [slow])
    done = threading.Event()

    def publish() -> None:
        other = model.meta.create_local_session()
        store.refresh(other, [quick])
        other.commit()
        other.close()
        done.set()

    thread = threading.Thread(target=publish)
    thread.start()
    assert not done.wait(0.5)
    session.commit()
    session.close()
    assert done.wait(10)
    thread.join()
    model.Session.expire_all()
    assert model.Session.get(Entry, slow).sequence < model.Session.get(Entry, quick).sequence


def test_the_feed_follows_the_portal_to_a_new_address(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = _dataset()
    duties.follow_addresses()
    monkeypatch.setitem(tk.config, "ckan.site_url", "https://opendata.example.lg.jp")
    duties.follow_addresses()
    assert f"<https://opendata.example.lg.jp/dataset/{dataset['id']}>" in _bodies()[dataset["id"], "dcat-ap-3", "ttl"]


def test_datasets_that_were_there_before_the_feed_come_into_it() -> None:
    dataset = _dataset()
    for table in (Fragment, Entry, Change):
        model.Session.execute(sa.delete(table))
    model.Session.commit()
    delete_system_info(duties.WRITTEN_FOR)
    duties.follow_addresses()
    assert (dataset["id"], "dcat-ap-2", "ttl") in _bodies()


def test_entries_of_a_former_version_get_their_scores_and_nothing_is_told_as_changed() -> None:
    dataset = _dataset()
    model.Session.execute(sa.update(Entry).values(fingerprint=None, quality=sa.null()))
    model.Session.commit()
    before = changes.standing(model.Session())
    delete_system_info(duties.WRITTEN_FOR)
    duties.follow_addresses()
    entry = model.Session.get(Entry, dataset["id"])
    assert entry.fingerprint
    assert entry.quality["points"] > 0
    assert changes.standing(model.Session()) == before


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "BATCH", 1)
    made = [_dataset()["id"] for _number in range(3)]
    model.Session.execute(sa.update(Fragment).values(sha256="raw"))
    model.Session.commit()

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call_action("hokkaido_feed_rebuild", {"hokkaido_progress": stop})
    assert sorted(_check()["stale"]) == sorted(made[1:])
    assert call_action("hokkaido_feed_rebuild") == {"written": 2, "withdrawn": 0, "failed": 0, "skipped": 1}
    assert call_action("hokkaido_feed_rebuild")["skipped"] == 0


def test_a_rebuild_can_be_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "BATCH", 1)
    for _number in range(2):
        _dataset()

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call_action("hokkaido_feed_rebuild", {"hokkaido_progress": stop})
    assert call_action("hokkaido_feed_rebuild", restart=True)["skipped"] == 0


def test_processes_that_share_a_rebuild_give_places_in_the_order_of_creation(
    monkeypatch: pytest.MonkeyPatch, cli: CKANCliRunner
) -> None:
    monkeypatch.setattr(health, "BATCH", 1)
    made = [_dataset()["id"] for _number in range(5)]
    for table in (Fragment, Entry, Change):
        model.Session.execute(sa.delete(table))
    model.Session.commit()
    result = _run(cli, "rebuild", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert "written 5, withdrawn 0, failed 0" in result.output
    model.Session.rollback()
    assert list(model.Session.execute(sa.select(Entry.dataset_id).order_by(Entry.sequence)).scalars()) == made
    assert not any(_check().values())


def test_the_command_writes_a_dump_where_it_is_told(cli: CKANCliRunner, tmp_path: Path) -> None:
    _dataset(title="避難所一覧")
    result = _run(cli, "dump", "--profile", "dcat-ap-2", "--output", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert "避難所一覧" in (tmp_path / "out" / "dump.ttl").read_text()
    told = _run(cli, "status").output
    assert "dump dcat-ap-2\t" in told
    assert "create" in told
