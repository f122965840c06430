"""The organisation form with its parent field, and the page that shows the place in the tree."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_schema.service.tree import organization_tree

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def tree() -> dict[str, dict[str, Any]]:
    """Make a prefecture, a department, a division and a town."""
    return {
        "hokkaido": factories.Organization(name="hokkaido", title="北海道", kind="prefecture"),
        "kensetsu-bu": factories.Organization(name="kensetsu-bu", title="建設部", parent="hokkaido"),
        "doro-ka": factories.Organization(name="doro-ka", title="道路課", parent="kensetsu-bu"),
        "tobetsu-cho": factories.Organization(name="tobetsu-cho", title="当別町", kind="municipality"),
    }


@pytest.fixture
def sysadmin() -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=factories.Sysadmin()["name"])["token"]}


def _admin_of(organization: dict[str, Any]) -> dict[str, str]:
    user = factories.User()
    call_action("member_create", id=organization["id"], object=user["id"], object_type="user", capacity="admin")
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}


def _offered(app: CKANTestApp, who: dict[str, str], url: str) -> dict[str, str]:
    page = BeautifulSoup(app.get(url, headers=who).body, "html.parser")
    return {option["value"]: option.get_text() for option in page.select("#field-parent option")}


def _chosen(app: CKANTestApp, who: dict[str, str], url: str) -> str | None:
    page = BeautifulSoup(app.get(url, headers=who).body, "html.parser")
    option = page.select_one("#field-parent option[selected]")
    return str(option["value"]) if option else None


def _parent(name: str) -> str | None:
    found = organization_tree(model.Session)
    above = found.ancestors(found.find(name).id)
    return above[-1].name if above else None


def _save(app: CKANTestApp, who: dict[str, str], url: str, **values: str) -> Any:
    return app.post(url, data={"save": "", **values}, headers=who, follow_redirects=False, status=None)


def test_a_unit_is_made_under_another_one(app: CKANTestApp, tree: Any, sysadmin: dict[str, str]) -> None:
    values = {"title": "住宅課", "name": "jutaku-ka", "kind": "department", "parent": "kensetsu-bu"}
    assert _save(app, sysadmin, "/organization/new", **values).status_code == 302
    assert _parent("jutaku-ka") == "kensetsu-bu"


def test_the_form_shows_the_present_parent(app: CKANTestApp, tree: Any, sysadmin: dict[str, str]) -> None:
    assert _chosen(app, sysadmin, "/organization/edit/doro-ka") == "kensetsu-bu"


def test_a_unit_and_what_stands_below_it_are_not_offered(app: CKANTestApp, tree: Any, sysadmin: dict[str, str]) -> None:
    assert set(_offered(app, sysadmin, "/organization/edit/kensetsu-bu")) == {"", "hokkaido", "tobetsu-cho"}


def test_an_admin_is_offered_own_units_only(app: CKANTestApp, tree: Any) -> None:
    who = _admin_of(tree["kensetsu-bu"])
    assert set(_offered(app, who, "/organization/edit/doro-ka")) == {"", "kensetsu-bu"}


def test_saving_the_form_unchanged_keeps_the_place(app: CKANTestApp, tree: Any) -> None:
    who = _admin_of(tree["doro-ka"])
    values = {"title": "道路課", "name": "doro-ka", "kind": "department", "parent": "kensetsu-bu"}
    assert _save(app, who, "/organization/edit/doro-ka", **values).status_code == 302
    assert _parent("doro-ka") == "kensetsu-bu"


def test_a_move_by_form(app: CKANTestApp, tree: Any, sysadmin: dict[str, str]) -> None:
    values = {"title": "道路課", "name": "doro-ka", "kind": "department", "parent": "hokkaido"}
    _save(app, sysadmin, "/organization/edit/doro-ka", **values)
    assert _parent("doro-ka") == "hokkaido"


def test_a_cycle_is_refused_in_japanese(app: CKANTestApp, tree: Any, sysadmin: dict[str, str]) -> None:
    values = {"title": "建設部", "name": "kensetsu-bu", "kind": "department", "parent": "doro-ka"}
    response = _save(app, sysadmin, "/organization/edit/kensetsu-bu", **values)
    assert "選んだ組織は、この組織の下にあります" in response.body
    assert _parent("kensetsu-bu") == "hokkaido"


def test_a_municipality_under_the_prefecture_is_refused_in_japanese(
    app: CKANTestApp, tree: Any, sysadmin: dict[str, str]
) -> None:
    values = {"title": "当別町", "name": "tobetsu-cho", "kind": "municipality", "parent": "hokkaido"}
    response = _save(app, sysadmin, "/organization/edit/tobetsu-cho", **values)
    assert "市町村と都道府県は独立した組織です" in response.body
    assert _parent("tobetsu-cho") is None


def test_the_page_shows_what_stands_above_and_below(app: CKANTestApp, tree: Any) -> None:
    page = BeautifulSoup(app.get("/organization/kensetsu-bu").body, "html.parser")
    crumbs = [link.get_text(strip=True) for link in page.select(".breadcrumb a")]
    assert crumbs[-2:] == ["北海道", "建設部"]
    assert "道路課" in page.select_one("aside").get_text()


def test_the_about_page_works(app: CKANTestApp, tree: Any) -> None:
    assert "建設部" in app.get("/organization/about/kensetsu-bu").body


def test_a_mended_code_is_told_on_the_page_that_follows(
    app: CKANTestApp, sysadmin: dict[str, str], tree: dict[str, Any]
) -> None:
    values = {"title": "当別町", "name": "tobetsu-cho", "kind": "municipality", "code": "1303", "save": ""}
    page = app.post("/organization/edit/tobetsu-cho", data=values, headers=sysadmin, follow_redirects=True, status=200)
    assert "「1303」を「013030」と読み取りました" in page.body
    assert call_action("organization_show", id="tobetsu-cho")["code"] == "013030"


def test_a_wrong_corporate_number_is_refused_beside_its_field(
    app: CKANTestApp, sysadmin: dict[str, str], tree: dict[str, Any]
) -> None:
    values = {"title": "当別町", "name": "tobetsu-cho", "kind": "municipality", "corporate_number": "7000020010007"}
    page = _save(app, sysadmin, "/organization/edit/tobetsu-cho", **values)
    assert "「7000020010007」は検査数字が合いません" in page.body
