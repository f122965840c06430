"""The pages of the upkeep as editors and admins meet them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_schema.model import Link

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

Headers = dict[str, str]


def _signed_in(user: dict[str, Any]) -> Headers:
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}


@pytest.fixture
def chief() -> dict[str, Any]:
    return factories.User(name="kacho", fullname="課長")


@pytest.fixture
def dataset(chief: dict[str, Any]) -> dict[str, Any]:
    """Make an overdue dataset with a broken link, of a section that somebody administers."""
    unit = factories.Organization(name="doro", title="道路課", users=[{"name": "kacho", "capacity": "admin"}])
    made = factories.Dataset(
        owner_org=unit["id"],
        name="bridges",
        title="橋の一覧",
        notes="説明です。",
        license_id="CC-BY-4.0",
        frequency="MONTHLY",
        modified="2024-04-01",
        url="https://www.example.jp/bridges",
    )
    model.Session.add(
        Link(
            package_id=made["id"],
            field="url",
            url="https://www.example.jp/bridges",
            host="www.example.jp",
            state="broken",
            status=404,
            failed_days=2,
        )
    )
    model.Session.commit()
    return made


def _page(app: CKANTestApp, url: str, who: Headers | None = None, **options: Any) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, headers=who or {}, **options).body, "html.parser")


def test_the_board_leads_to_the_form_and_to_the_links(
    app: CKANTestApp, chief: dict[str, Any], dataset: dict[str, Any]
) -> None:
    page = _page(app, "/upkeep?sort=kind", _signed_in(chief))
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert ["リンク切れ" in rows[0], "更新の遅れ" in rows[1]] == [True, True]
    links = [link["href"] for link in page.select("tbody td a.btn")]
    assert links == [f"/upkeep/dataset/{dataset['id']}", "/dataset/edit/bridges"]
    table = app.get("/upkeep.csv", headers=_signed_in(chief)).body
    assert table.startswith("\ufeff内容,データセット")
    assert table.count("橋の一覧") == 2


def test_only_editors_see_the_note_about_links(
    app: CKANTestApp, chief: dict[str, Any], dataset: dict[str, Any]
) -> None:
    assert _page(app, "/dataset/bridges").select_one(".hk-link-notice") is None
    note = _page(app, "/dataset/bridges", _signed_in(chief)).select_one(".hk-link-notice")
    assert "リンク切れがあります。" in note.get_text()
    links = _page(app, note.a["href"], _signed_in(chief)).select_one("table.hk-links")
    assert "ページがありません（404）。" in links.get_text()


def test_a_person_is_handed_over_on_the_page(app: CKANTestApp, chief: dict[str, Any], dataset: dict[str, Any]) -> None:
    for name in ("zennin", "konin"):
        factories.User(name=name)
    call_action("member_create", id="doro", object="zennin", object_type="user", capacity="editor")
    form = _page(app, "/upkeep/handover?user=zennin", _signed_in(chief)).select_one("form.hk-panel--next")
    data = {field["name"]: field["value"] for field in form.select("input[type=hidden]")} | {"to_user": "konin"}
    app.post(form["action"], data=data, headers=_signed_in(chief))
    found = {model.User.get(row[0]).name: row[2] for row in call_action("member_list", id="doro", object_type="user")}
    assert found.get("konin") == "Editor"
    assert "zennin" not in found


def test_a_wrong_successor_is_said_on_the_page(
    app: CKANTestApp, chief: dict[str, Any], dataset: dict[str, Any]
) -> None:
    data = {"from_user": "kacho", "to_user": "dareka"}
    response = app.post("/upkeep/handover", data=data, headers=_signed_in(chief), status=409)
    assert "アカウント「dareka」はありません。" in response.body


def test_organisations_are_merged_in_two_steps(
    app: CKANTestApp, chief: dict[str, Any], dataset: dict[str, Any]
) -> None:
    factories.Organization(name="doboku", title="土木課", users=[{"name": "kacho", "capacity": "admin"}])
    asked = {"from_organizations": "doro", "to_organization": "doboku"}
    shown = app.post("/upkeep/reorganisation/merge", data=asked, headers=_signed_in(chief)).body
    form = BeautifulSoup(shown, "html.parser").select_one("form:has(button[value=merge])")
    assert "データセット1件が移ります。" in shown
    assert call_action("package_show", id="bridges")["organization"]["name"] == "doro"
    data = {field["name"]: field["value"] for field in form.select("input")} | {"do": "merge"}
    response = app.post(form["action"], data=data, headers=_signed_in(chief), follow_redirects=False)
    assert response.headers["Location"].endswith("/organization/doboku")
    model.Session.expire_all()
    assert call_action("package_show", id="bridges")["organization"]["name"] == "doboku"


def test_whoever_is_not_signed_in_is_led_to_the_log_in(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    response = app.get("/upkeep", follow_redirects=False)
    assert "/user/login" in response.headers["Location"]
