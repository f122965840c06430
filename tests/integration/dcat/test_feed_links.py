"""The feed follows series and earlier versions, and names none that is not public."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from sqlalchemy.exc import OperationalError

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_dcat.model import Change, Entry, Fragment
from ckanext.hokkaido_dcat.service import health, reading

pytestmark = pytest.mark.usefixtures("with_plugins", "empty_feed")

FIELDS = {"title": "人口", "notes": "人口です。", "license_id": "CC-BY-4.0"}


@pytest.fixture
def empty_feed() -> None:
    """Start with nothing in the feed; datasets of other tests do no harm."""
    model.Session.rollback()
    for table in (Fragment, Entry, Change):
        model.Session.execute(sa.delete(table))
    model.Session.commit()


@pytest.fixture(scope="module")
def owner(portal_app: CKANTestApp) -> str:
    return factories.Organization(title="統計課")["id"]


@pytest.fixture
def series(owner: str) -> dict[str, Any]:
    return factories.Dataset(type="dataset_series", owner_org=owner, title="人口統計", notes="毎年の人口です。")


def _act(action: str, **data: Any) -> Any:
    return call_action(action, {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}, **data)


def _body(dataset: dict[str, Any]) -> str:
    """Return what the feed says when everything that was put off is done."""
    outbox.drain()
    statement = sa.select(Fragment.body).filter_by(dataset_id=dataset["id"], profile="dcat-ap-3", family="nt")
    return model.Session.execute(statement).scalar_one()


def _is_named(linked: dict[str, Any], dataset: dict[str, Any]) -> bool:
    return linked["id"] in _body(dataset)


def test_a_series_is_no_entry_of_the_feed(series: dict[str, Any]) -> None:
    assert model.Session.get(Entry, series["id"]) is None


def test_a_renamed_series_is_renamed_in_its_members(owner: str, series: dict[str, Any]) -> None:
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    assert "人口統計" in _body(member)
    _act("package_patch", id=series["id"], title="人口と世帯")
    assert "人口と世帯" in _body(member)
    assert "人口統計" not in _body(member)


def test_a_private_series_is_not_named_until_it_is_public(owner: str, series: dict[str, Any]) -> None:
    _act("package_patch", id=series["id"], private=True)
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    assert not _is_named(series, member)
    _act("package_patch", id=series["id"], private=False)
    assert _is_named(series, member)
    _act("package_patch", id=series["id"], private=True)
    assert not _is_named(series, member)


@pytest.mark.parametrize("action", ["package_delete", "dataset_purge"])
def test_a_series_that_goes_is_not_named_any_more(owner: str, series: dict[str, Any], action: str) -> None:
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    assert _is_named(series, member)
    _act(action, id=series["id"])
    assert not _is_named(series, member)


def test_a_renamed_publisher_of_a_series_is_renamed_in_the_members_of_others(owner: str) -> None:
    other = factories.Organization(title="旧企画課")
    series = factories.Dataset(type="dataset_series", owner_org=other["id"], title="統計", notes="統計です。")
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    assert "旧企画課" in _body(member)
    _act("organization_patch", id=other["id"], title="新企画課")
    assert "新企画課" in _body(member)


def test_an_earlier_version_is_named_while_it_is_public(owner: str) -> None:
    earlier = factories.Dataset(owner_org=owner, **FIELDS)
    later = factories.Dataset(owner_org=owner, previous_version=earlier["name"], **FIELDS)
    assert f"previousVersion> <{tk.config['ckan.site_url']}/dataset/{earlier['id']}>" in _body(later)
    _act("package_patch", id=earlier["id"], private=True)
    assert not _is_named(earlier, later)
    _act("package_patch", id=earlier["id"], private=False)
    assert _is_named(earlier, later)
    _act("dataset_purge", id=earlier["id"])
    assert not _is_named(earlier, later)


def test_the_record_of_changes_does_not_speak_of_a_series_that_became_private(
    owner: str, series: dict[str, Any]
) -> None:
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    _act("package_patch", id=series["id"], private=True)
    outbox.drain()
    bodies = sa.select(Change.body).filter_by(dataset_id=member["id"]).order_by(Change.position)
    first, last = model.Session.execute(bodies).scalars()
    assert first is None
    assert "人口です。" in last
    assert series["id"] not in last


def test_a_check_finds_the_feed_true_after_such_changes(owner: str, series: dict[str, Any]) -> None:
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    _act("package_patch", id=series["id"], private=True)
    outbox.drain()
    findings = health.check(model.Session())
    assert member["id"] not in findings.stale


def test_a_series_that_nobody_has_changed_gives_no_work(owner: str, series: dict[str, Any]) -> None:
    outbox.drain()
    factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    assert outbox.pending(model.Session()) == 0


@pytest.mark.parametrize("held", [True, False])
def test_a_series_cannot_be_hidden_while_a_save_is_about_to_name_it(
    owner: str, series: dict[str, Any], held: bool
) -> None:
    member = factories.Dataset(owner_org=owner, in_series=series["id"], **FIELDS)
    session = model.Session()
    assert reading.read(session, [member["id"]], "https://example.jp", held=held)[member["id"]]["in_series"]
    hide = sa.update(model.Package.__table__).where(model.Package.id == series["id"]).values(private=True)
    with model.meta.engine.connect() as other:
        other.execute(sa.text("SET LOCAL lock_timeout = '100ms'"))
        if held:
            with pytest.raises(OperationalError):
                other.execute(hide)
        else:
            assert other.execute(hide).rowcount == 1
        other.rollback()
    session.rollback()
