"""Series of datasets and earlier versions, as editors and readers meet them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

FIELDS = {"notes": "人口です。", "license_id": "CC-BY-4.0"}


@pytest.fixture
def unit() -> dict[str, Any]:
    return factories.Organization(name="tokei-ka", title="統計課")


@pytest.fixture
def editor(unit: dict[str, Any]) -> dict[str, str]:
    user = factories.User()
    call_action("member_create", id=unit["id"], object=user["id"], object_type="user", capacity="editor")
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}


@pytest.fixture
def series(unit: dict[str, Any]) -> dict[str, Any]:
    return factories.Dataset(
        type="dataset_series", owner_org=unit["id"], name="population", title="人口統計", notes="毎年の人口です。"
    )


def _member(unit: dict[str, Any], year: int, **fields: Any) -> dict[str, Any]:
    period = [{"start": f"{year}-04-01", "end": f"{year + 1}-03-31"}]
    values = (
        FIELDS | {"title": f"人口（{year}年度）", "name": f"population-{year}", "temporal_coverage": period} | fields
    )
    return factories.Dataset(owner_org=unit["id"], **values)


def _page(app: CKANTestApp, url: str, who: dict[str, str] | None = None) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, headers=who or {}).body, "html.parser")


def _members(app: CKANTestApp, who: dict[str, str] | None = None) -> list[str]:
    links = _page(app, "/dataset_series/population", who).select("#series-members a")
    return [link.get_text(strip=True) for link in links]


def test_an_editor_makes_a_series_by_the_form(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    form = _page(app, "/dataset_series/new", editor).select_one("#dataset-edit")
    hidden = {field["name"]: field["value"] for field in reversed(form.select("input[type=hidden][name]"))}
    values = {"title": "人口統計", "name": "population", "notes": "毎年の人口です。", "owner_org": unit["id"]}
    response = app.post(
        "/dataset_series/new", data={"save": "", **hidden, **values}, headers=editor, follow_redirects=False
    )
    assert response.headers["Location"].endswith("/dataset_series/population")
    shown = call_action("package_show", id="population")
    assert (shown["type"], shown["state"]) == ("dataset_series", "active")


def test_the_form_of_a_series_is_in_japanese(app: CKANTestApp, unit: dict[str, Any], editor: dict[str, str]) -> None:
    page = _page(app, "/dataset_series/new", editor)
    assert page.select_one("button[name=save]").get_text(strip=True) == "シリーズを保存"
    assert "データセットのシリーズ" in page.select_one(".breadcrumb").get_text()
    assert "Dataset_Series" not in page.get_text()
    assert "Dataset Series" not in page.get_text()


def test_the_page_of_a_series_lists_its_datasets_the_latest_first(
    app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any], editor: dict[str, str]
) -> None:
    _member(unit, 2024, in_series=series["id"])
    _member(unit, 2026, in_series="population", private=True)
    _member(unit, 2025, in_series=f"{tk.config['ckan.site_url']}/dataset_series/population")
    assert _members(app) == ["人口（2025年度）", "人口（2024年度）"]
    assert _members(app, editor) == ["人口（2026年度）", "人口（2025年度）", "人口（2024年度）"]


def test_the_page_of_a_series_asks_for_no_file(
    app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any], editor: dict[str, str]
) -> None:
    site = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    call_action("package_patch", site, id=series["id"], private=True)
    page = _page(app, "/dataset_series/population", editor).get_text()
    assert "まだありません" in page
    assert "ファイル" not in page
    assert "ライセンス" not in page


def test_the_page_of_a_dataset_leads_to_its_series_and_to_what_it_replaces(
    app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any]
) -> None:
    _member(unit, 2024)
    _member(unit, 2025, in_series=series["id"], previous_version="population-2024")
    links = {link["href"]: link.get_text(strip=True) for link in _page(app, "/dataset/population-2025").select("td a")}
    assert links["/dataset_series/population"] == "人口統計"
    assert links["/dataset/population-2024"] == "人口（2024年度）"


def test_what_is_private_is_not_named_to_others(app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any]) -> None:
    _member(unit, 2025, in_series=series["id"])
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    call_action("package_patch", {"user": user}, id=series["id"], private=True)
    page = app.get("/dataset/population-2025").body
    assert "人口統計" not in page
    assert "（非公開）" in page


def test_a_dataset_is_put_into_a_series_by_its_form(
    app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any], editor: dict[str, str]
) -> None:
    _member(unit, 2024)
    _member(unit, 2025, previous_version="population-2024")
    page = _page(app, "/dataset/edit/population-2025", editor)
    offered = {option["value"]: option.get_text(strip=True) for option in page.select("#field-in_series option")}
    assert [text for value, text in offered.items() if value] == ["人口統計"]
    assert page.select_one("#field-previous_version")["value"] == "population-2024"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("in_series", "nothing", "シリーズ「nothing」は見つかりません"),
        ("in_series", "population-2024", "シリーズ「population-2024」は見つかりません"),
        ("previous_version", "population", "データセット「population」はこのポータルにありません"),
        ("previous_version", "https://example.org/dataset/population-2024", "このポータルにありません"),
        ("previous_version", "population-2025", "自分自身を置き換えることはできません"),
    ],
)
def test_a_link_to_nothing_is_refused_in_japanese(
    app: CKANTestApp,
    unit: dict[str, Any],
    series: dict[str, Any],
    editor: dict[str, str],
    field: str,
    value: str,
    message: str,
) -> None:
    _member(unit, 2024)
    _member(unit, 2025)
    values = {"title": "人口", "name": "population-2025", "owner_org": unit["id"], "save": "", **FIELDS, field: value}
    response = app.post("/dataset/edit/population-2025", data=values, headers=editor, follow_redirects=False)
    assert message in response.body


def test_a_hidden_series_can_be_kept_but_not_chosen(unit: dict[str, Any], series: dict[str, Any]) -> None:
    dataset = _member(unit, 2025, in_series=series["id"])
    site = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    call_action("package_patch", site, id=series["id"], private=True)
    other = factories.Organization()
    call_action("package_patch", site, id=dataset["id"], owner_org=other["id"])
    user = factories.User()
    call_action("member_create", id=other["id"], object=user["id"], object_type="user", capacity="editor")
    asking = {"user": user["name"], "ignore_auth": False}
    kept = call_action("package_patch", dict(asking), id=dataset["id"], title="別の題名")
    assert kept["in_series"] == series["id"]
    call_action("package_patch", dict(asking), id=dataset["id"], in_series="")
    with pytest.raises(tk.ValidationError):
        call_action("package_patch", dict(asking), id=dataset["id"], in_series=series["id"])


def test_a_search_for_datasets_finds_no_series(app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any]) -> None:
    _member(unit, 2025, in_series=series["id"])
    found = call_action("package_search", q="人口")
    assert [one["name"] for one in found["results"]] == ["population-2025"]
    assert call_action("package_search", q="人口", fq="-dataset_type:harvest")["count"] == 1
    assert call_action("package_search", fq="dataset_type:dataset_series")["count"] == 1
    headings = [one.get_text(strip=True) for one in _page(app, "/organization/tokei-ka").select(".dataset-heading")]
    assert headings == ["人口（2025年度）"]
    listed = _page(app, "/dataset_series/")
    assert "人口統計" in listed.select_one(".dataset-heading").get_text()
    assert listed.select_one("h1").get_text(strip=True) == "データセットのシリーズ：1件"


def test_the_page_of_an_organisation_leads_to_its_series(
    app: CKANTestApp, unit: dict[str, Any], series: dict[str, Any], editor: dict[str, str]
) -> None:
    links = _page(app, "/organization/tokei-ka").select("#organization-series a")
    assert [link["href"] for link in links] == ["/dataset_series/population"]
    for_editor = _page(app, "/organization/tokei-ka", editor).select("#organization-series a")
    assert for_editor[-1]["href"] == f"/dataset_series/new?group={unit['id']}"
