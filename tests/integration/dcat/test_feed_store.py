"""The feed follows every save in the same transaction, and never fails one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_dcat import contributors
from ckanext.hokkaido_dcat.domain.profiles import DEFAULT
from ckanext.hokkaido_dcat.model import Change, Entry, Fragment, State

pytestmark = pytest.mark.usefixtures("with_plugins", "empty_feed")


@pytest.fixture
def empty_feed() -> None:
    """Start with nothing in the feed; datasets of other tests do no harm."""
    model.Session.rollback()
    model.Session.execute(sa.delete(Fragment))
    model.Session.execute(sa.delete(Entry))
    model.Session.execute(sa.delete(Change))
    model.Session.commit()


@pytest.fixture
def faulty() -> Iterator[set[str]]:
    """Make describing the datasets whose ids are put into the set fail."""
    ids: set[str] = set()

    def fail(dataset: dict[str, Any], _graph: object) -> None:
        if dataset["id"] in ids or "*" in ids:
            raise ZeroDivisionError("a contributor's fault")

    contributors.contributor("test fault")(fail)
    yield ids
    contributors._contributors.pop("test fault")


def _dataset(**fields: Any) -> dict[str, Any]:
    owner = fields.pop("owner_org", None) or factories.Organization()["id"]
    defaults = {"title": "避難所一覧", "notes": "避難所の一覧です。", "license_id": "CC-BY-4.0"}
    return factories.Dataset(owner_org=owner, **(defaults | fields))


def _act(action: str, **data: Any) -> Any:
    """Call an action as a system administrator, whom the activity stream wants to name."""
    return call_action(action, {"user": factories.Sysadmin()["name"]}, **data)


def _entry(dataset_id: str) -> Entry | None:
    model.Session.expire_all()
    return model.Session.get(Entry, dataset_id)


def _body(dataset_id: str, family: str = "ttl") -> str | None:
    return model.Session.execute(_stored(dataset_id, family)).scalar_one_or_none()


def _stored(dataset_id: str, family: str = "ttl") -> sa.Select[tuple[str]]:
    return sa.select(Fragment.body).filter_by(dataset_id=dataset_id, profile=DEFAULT.name, family=family)


def test_a_new_dataset_is_in_the_feed_in_every_format() -> None:
    dataset = _dataset()
    assert _entry(dataset["id"]).state == State.PUBLISHED
    for family in ("ttl", "xml", "jsonld", "nt"):
        assert "避難所一覧" in _body(dataset["id"], family)


def test_a_changed_dataset_is_changed_in_the_feed() -> None:
    dataset = _dataset()
    _act("package_patch", id=dataset["id"], title="指定緊急避難場所一覧")
    assert "指定緊急避難場所一覧" in _body(dataset["id"])
    assert "避難所一覧" not in _body(dataset["id"]).replace("指定緊急避難場所一覧", "")


def test_a_rolled_back_change_leaves_no_trace_in_the_feed() -> None:
    dataset = _dataset()
    before = _body(dataset["id"])
    model.Package.get(dataset["id"]).title = "消える題名"
    model.Session.flush()
    model.Session.rollback()
    assert _body(dataset["id"]) == before


def test_nothing_is_visible_to_others_before_the_commit() -> None:
    dataset = _dataset()
    before = _entry(dataset["id"]).changed_at
    package = model.Package.get(dataset["id"])
    package.title = "まだ見えない題名"
    seen: list[str] = []

    @sa.event.listens_for(model.Session, "before_commit")
    def look(_session: object) -> None:
        with model.meta.engine.connect() as other:
            seen.append(other.execute(_stored(dataset["id"])).scalar_one())

    model.Session.commit()
    sa.event.remove(model.Session, "before_commit", look)
    assert seen
    assert "まだ見えない題名" not in seen[0]
    assert "まだ見えない題名" in _body(dataset["id"])
    assert _entry(dataset["id"]).changed_at > before


def test_an_added_resource_is_in_the_feed() -> None:
    dataset = _dataset()
    _act("resource_create", package_id=dataset["id"], url="https://example.jp/a.csv", name="一覧表", format="CSV")
    assert "一覧表" in _body(dataset["id"])


def test_a_removed_resource_is_gone_from_the_feed() -> None:
    dataset = _dataset(resources=[{"url": "https://example.jp/a.csv", "name": "一覧表"}])
    assert "一覧表" in _body(dataset["id"])
    _act("resource_delete", id=dataset["resources"][0]["id"])
    assert "一覧表" not in _body(dataset["id"])


def test_a_private_dataset_is_not_in_the_feed() -> None:
    dataset = _dataset(private=True)
    assert _entry(dataset["id"]) is None
    assert _body(dataset["id"]) is None


def test_a_dataset_made_public_appears() -> None:
    dataset = _dataset(private=True)
    _act("package_patch", id=dataset["id"], private=False)
    assert _body(dataset["id"]) is not None


def test_a_dataset_made_private_is_withdrawn_and_remembered() -> None:
    dataset = _dataset()
    _act("package_patch", id=dataset["id"], private=True)
    entry = _entry(dataset["id"])
    assert (entry.state, entry.withdrawn_at is not None) == (State.WITHDRAWN, True)
    assert _body(dataset["id"]) is None


def test_a_dataset_published_again_returns_to_its_old_place() -> None:
    dataset = _dataset()
    place = _entry(dataset["id"]).sequence
    _dataset()
    _act("package_patch", id=dataset["id"], private=True)
    _act("package_patch", id=dataset["id"], private=False)
    entry = _entry(dataset["id"])
    assert (entry.sequence, entry.state, entry.withdrawn_at) == (place, State.PUBLISHED, None)


def test_bulk_private_withdraws_every_dataset() -> None:
    owner = factories.Organization()["id"]
    ids = [_dataset(owner_org=owner)["id"] for _ in range(3)]
    _act("bulk_update_private", datasets=ids, org_id=owner)
    assert {_entry(dataset_id).state for dataset_id in ids} == {State.WITHDRAWN}


@pytest.mark.parametrize("action", ["package_delete", "dataset_purge"])
def test_a_deleted_or_purged_dataset_leaves_a_tombstone(action: str) -> None:
    dataset = _dataset()
    _act(action, id=dataset["id"])
    assert _entry(dataset["id"]).state == State.WITHDRAWN
    assert _body(dataset["id"]) is None


def test_another_owner_is_the_publisher_at_once() -> None:
    dataset = _dataset()
    other = factories.Organization(title="建設部")
    _act("package_owner_org_update", id=dataset["id"], organization_id=other["id"])
    assert f"/organization/{other['id']}>" in _body(dataset["id"])
    assert "建設部" in _body(dataset["id"])


def test_a_renamed_organization_is_renamed_in_all_its_datasets() -> None:
    owner = factories.Organization(title="旧総務部")
    ids = [_dataset(owner_org=owner["id"])["id"] for _ in range(2)]
    assert all("旧総務部" in _body(dataset_id) for dataset_id in ids)
    _act("organization_patch", id=owner["id"], title="新総務部")
    outbox.drain()
    assert all("新総務部" in _body(dataset_id) and "旧総務部" not in _body(dataset_id) for dataset_id in ids)


def test_a_fault_does_not_fail_the_save_of_a_new_dataset(faulty: set[str]) -> None:
    faulty.add("*")
    dataset = _dataset(title="書けないデータセット")
    assert _act("package_show", id=dataset["id"])["title"] == "書けないデータセット"
    entry = _entry(dataset["id"])
    assert (entry.state, entry.dirty, entry.sequence) == (State.WAITING, True, None)
    assert "a contributor's fault" in entry.error


def test_a_fault_keeps_what_the_feed_said_before_and_marks_it(faulty: set[str]) -> None:
    dataset = _dataset()
    before = _body(dataset["id"])
    faulty.add(dataset["id"])
    _act("package_patch", id=dataset["id"], title="変えた題名")
    assert _act("package_show", id=dataset["id"])["title"] == "変えた題名"
    assert _body(dataset["id"]) == before
    assert _entry(dataset["id"]).dirty


def test_a_fault_never_keeps_a_withdrawn_dataset_in_the_feed(faulty: set[str]) -> None:
    dataset = _dataset()
    faulty.add(dataset["id"])
    _act("package_patch", id=dataset["id"], private=True)
    assert _body(dataset["id"]) is None


def test_a_save_survives_missing_tables() -> None:
    model.Session.execute(sa.text("ALTER TABLE hokkaido_dcat_entry RENAME TO hokkaido_dcat_entry_away"))
    model.Session.commit()
    try:
        dataset = _dataset(title="表がなくても保存")
        assert _act("package_show", id=dataset["id"])["title"] == "表がなくても保存"
    finally:
        model.Session.rollback()
        model.Session.execute(sa.text("ALTER TABLE hokkaido_dcat_entry_away RENAME TO hokkaido_dcat_entry"))
        model.Session.commit()


def test_another_type_of_package_stays_out() -> None:
    dataset = _dataset()
    model.Package.get(dataset["id"]).type = "harvest"
    model.Session.commit()
    assert _entry(dataset["id"]).state == State.WITHDRAWN


def test_places_are_given_in_the_order_of_publication() -> None:
    ids = [_dataset()["id"] for _ in range(3)]
    assert [_entry(dataset_id).sequence for dataset_id in ids] == [1, 2, 3]


def test_a_save_that_changes_nothing_in_the_feed_is_no_change() -> None:
    dataset = _dataset()
    before = _entry(dataset["id"]).changed_at
    model.Package.get(dataset["id"]).creator_user_id = factories.User()["id"]
    model.Session.commit()
    assert _entry(dataset["id"]).changed_at == before


def test_values_that_cannot_be_written_are_on_record() -> None:
    dataset = _dataset(resources=[{"url": "https://example.jp/a.xyz", "name": "表", "format": "謎の形式"}])
    assert {"field": "resources/1/format", "fault": "not_mapped", "value": "謎の形式"} in _entry(dataset["id"]).problems


def test_a_failing_query_of_a_third_partys_profile_does_not_fail_the_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "failing_profile-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: failing-profile\nVersion: 1\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[ckan.rdf.profiles]\nfailing = failing_profile:Failing\n")
    (tmp_path / "failing_profile.py").write_text(
        "from ckan import model\n"
        "from ckanext.dcat.profiles import RDFProfile\n"
        "from sqlalchemy import text\n"
        "class Failing(RDFProfile):\n"
        "    def graph_from_dataset(self, dataset_dict, dataset_ref):\n"
        "        model.Session.execute(text('SELECT 1 FROM no_such_table'))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(tk.config, "ckanext.dcat.rdf.profiles", ["failing"])
    dataset = _dataset(title="問い合わせの失敗")
    assert _act("package_show", id=dataset["id"])["title"] == "問い合わせの失敗"
    entry = _entry(dataset["id"])
    assert entry.dirty
    assert "no_such_table" in entry.error
