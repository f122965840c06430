"""What is to be done on datasets: whose, since when, and the monthly mail about it."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.hokkaido_core import outbox
from ckanext.hokkaido_core.columns import now
from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_schema.jobs.upkeep import remind_at
from ckanext.hokkaido_schema.model import Digest, Link

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


FIELDS = {"notes": "説明です。", "license_id": "CC-BY-4.0"}
#: A Wednesday at ten in Japan.
WORKDAY = datetime(2026, 7, 1, 10, tzinfo=JAPAN)


@pytest.fixture
def editor() -> dict[str, Any]:
    return factories.User(fullname="道路 花子", email="hanako@example.jp")


@pytest.fixture
def units(editor: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make a department with a section under it, of whose roads section somebody is an editor, and another one."""
    above = factories.Organization(name="kensetsu", title="建設部")
    below = factories.Organization(
        name="doro",
        title="道路課",
        groups=[{"name": "kensetsu"}],
        users=[{"name": editor["name"], "capacity": "editor"}],
    )
    return {"kensetsu": above, "doro": below, "nosei": factories.Organization(name="nosei", title="農政課")}


def _stale(unit: dict[str, Any], title: str, **fields: Any) -> dict[str, Any]:
    values = FIELDS | {"title": title, "frequency": "ANNUAL", "modified": "2020-06-01"} | fields
    return factories.Dataset(owner_org=unit["id"], **values)


def _titles(user: str, **data: Any) -> list[str]:
    shown = tk.get_action("hokkaido_upkeep_list")({"user": user}, data)
    return [item["dataset"]["title"] for item in shown["items"]]


def test_an_editor_sees_what_is_overdue_in_his_own_section(editor: dict[str, Any], units: dict[str, Any]) -> None:
    _stale(units["doro"], "道路台帳")
    _stale(units["doro"], "橋の一覧", frequency="IRREG")
    _stale(units["doro"], "新しい一覧", modified=now().date().isoformat())
    _stale(units["nosei"], "農地台帳")
    shown = tk.get_action("hokkaido_upkeep_list")({"user": editor["name"]}, {})
    (item,) = shown["items"]
    assert (item["dataset"]["title"], item["kind"], item["since"]) == ("道路台帳", "stale", "2021-06-30")
    assert item["organization"]["name"] == "doro"


def test_the_admin_above_and_the_portal_office_see_what_is_below(
    units: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _stale(units["doro"], "道路台帳")
    _stale(units["nosei"], "農地台帳")
    chief, office = factories.User(), factories.User()
    call_action("member_create", id="kensetsu", object=chief["id"], object_type="user", capacity="admin")
    call_action("member_create", id="nosei", object=office["id"], object_type="user", capacity="editor")
    assert _titles(chief["name"]) == ["道路台帳"]
    assert _titles(chief["name"], organization="kensetsu") == ["道路台帳"]
    assert _titles(office["name"]) == ["農地台帳"]
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_schema.portal_office", "nosei")
    assert sorted(_titles(office["name"])) == ["農地台帳", "道路台帳"]


def test_another_organisation_is_not_there_for_an_editor(editor: dict[str, Any], units: dict[str, Any]) -> None:
    with pytest.raises(tk.ObjectNotFound):
        _titles(editor["name"], organization="nosei")


def test_a_newer_file_counts_as_an_update(editor: dict[str, Any], units: dict[str, Any]) -> None:
    dataset = _stale(units["doro"], "道路台帳", resources=[{"url": "https://example.jp/a.csv", "name": "a"}])
    assert _titles(editor["name"]) == []
    model.Session.execute(
        sa.update(model.Resource)
        .where(model.Resource.package_id == dataset["id"])
        .values(created=datetime(2019, 1, 1, tzinfo=UTC))
    )
    model.Session.commit()
    assert _titles(editor["name"]) == ["道路台帳"]


def test_data_behind_a_link_that_changes_every_day_is_not_judged(editor: dict[str, Any], units: dict[str, Any]) -> None:
    _stale(units["doro"], "道路情報", frequency="HOURLY", resources=[{"url": "https://example.jp/api", "name": "a"}])
    assert _titles(editor["name"]) == []


def test_drafts_left_alone_and_broken_links_are_listed_too(editor: dict[str, Any], units: dict[str, Any]) -> None:
    dataset = factories.Dataset(owner_org=units["doro"]["id"], title="橋の一覧", **FIELDS)
    draft = factories.Dataset(owner_org=units["doro"]["id"], title="下書き", **FIELDS)
    old = datetime(2020, 1, 1, tzinfo=UTC)
    model.Session.execute(
        sa.update(model.Package).where(model.Package.id == draft["id"]).values(state="draft", metadata_modified=old)
    )
    day = (now() - timedelta(days=5)).astimezone(JAPAN).date()
    model.Session.add(
        Link(package_id=dataset["id"], field="url", url="https://x.jp/", state="broken", failed_since=day)
    )
    model.Session.commit()
    shown = tk.get_action("hokkaido_upkeep_list")({"user": editor["name"]}, {})
    assert [(item["kind"], item["dataset"]["title"]) for item in shown["items"]] == [
        ("draft", "下書き"),
        ("broken", "橋の一覧"),
    ]
    assert shown["items"][1]["days"] == 5
    assert _titles(editor["name"], kind="broken") == ["橋の一覧"]


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Callable[[], list[Any]]:
    """Keep mail in a folder and return what is there."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_core.mail", "folder")
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))

    def read() -> list[Any]:
        outbox.drain()
        model.Session.rollback()
        paths = sorted((tmp_path / "mail").glob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]

    return read


def test_one_mail_a_month_says_what_is_to_be_done(
    editor: dict[str, Any], units: dict[str, Any], mails: Callable[[], list[Any]]
) -> None:
    _stale(units["doro"], "道路台帳")
    assert remind_at(model.Session(), WORKDAY) == 1
    assert remind_at(model.Session(), WORKDAY + timedelta(days=1)) == 0
    (mail,) = mails()
    assert mail["To"] == "hanako@example.jp"
    assert "道路台帳" in mail.get_content()
    assert "/upkeep" in mail.get_content()
    assert remind_at(model.Session(), WORKDAY + timedelta(days=35)) == 1


def test_an_update_before_the_delivery_stops_the_mail(
    editor: dict[str, Any], units: dict[str, Any], mails: Callable[[], list[Any]]
) -> None:
    dataset = _stale(units["doro"], "道路台帳")
    remind_at(model.Session(), WORKDAY)
    day = now().astimezone(JAPAN).date().isoformat()
    tk.get_action("package_patch")({"user": editor["name"]}, {"id": dataset["id"], "modified": day})
    assert mails() == []
    assert model.Session.scalars(sa.select(Digest.outcome)).all() == ["settled"]


@pytest.mark.parametrize("at", [WORKDAY.replace(hour=8), WORKDAY.replace(hour=17), WORKDAY.replace(day=4)])
def test_no_mail_is_put_down_at_night_or_on_a_saturday(
    editor: dict[str, Any], units: dict[str, Any], at: datetime
) -> None:
    _stale(units["doro"], "道路台帳")
    assert remind_at(model.Session(), at) == 0
