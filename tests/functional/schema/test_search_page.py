"""The search page: conditions, order, and what helps when nothing is found."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def datasets(clean_db: None, clean_index: None, with_plugins: None) -> None:
    town = factories.Organization(name="tobetsu-cho", title="当別町", kind="municipality", bureau="01300")
    common = {"owner_org": town["id"], "license_id": "CC-BY-4.0", "notes": "説明"}
    factories.Dataset(title="Shelters", theme=["safety"], spatial_code=["013030"], **common)
    factories.Dataset(title="Population", theme=["population"], **common)


def _get(app: CKANTestApp, address: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(address).body, "html.parser")


def _words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ").split()) for found in page.select(selector)]


@pytest.mark.usefixtures("datasets")
def test_facets_and_conditions_speak_japanese_and_can_be_taken_off(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?vocab_theme=safety&vocab_bureau=01300")
    assert _words(page, ".hk-facet > summary")[:3] == ["分野", "振興局", "組織"]
    assert _words(page, ".hk-conditions li a") == ["条件を外す： 分野：防災・安全", "条件を外す： 振興局：石狩振興局"]
    assert page.select_one(".hk-conditions .btn")["href"] == "/dataset/"
    assert _words(page, ".dataset-heading") == ["Shelters"]


@pytest.mark.usefixtures("datasets")
def test_hits_can_be_put_in_four_orders(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?sort=title_string asc")
    assert _words(page, "#field-order-by option") == ["関連の強い順", "更新の新しい順", "登録の新しい順", "タイトル順"]
    assert _words(page, ".dataset-heading") == ["Population", "Shelters"]


@pytest.mark.usefixtures("datasets")
def test_a_condition_that_leaves_no_hit_is_still_named_and_offered_to_be_taken_off(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?q=Population&vocab_theme=safety&organization=tobetsu-cho")
    assert _words(page, ".hk-conditions li a") == ["条件を外す： 分野：防災・安全", "条件を外す： 組織：当別町"]
    assert "絞り込みの条件を外す 1件" in _words(page, ".hk-nothing li")


@pytest.mark.usefixtures("datasets")
def test_words_that_find_nothing_together_are_offered_one_by_one(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?q=%2BShelters %2Bxyzzy")
    assert "「+Shelters」だけで検索する 1件" in _words(page, ".hk-nothing li")


def test_a_place_and_a_theme_in_the_words_lead_to_what_is_wider(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?q=当別町の観光")
    ways = _words(page, ".hk-nothing li")
    assert "範囲を広げる：石狩振興局管内のすべて" in ways
    assert "当別町が公開しているすべて" in ways
    theme = _get(app, "/dataset/?q=観光")
    assert "分野「観光」のすべて" in _words(theme, ".hk-nothing li")


def test_the_inventory_adds_its_own_way(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?q=xyzzy")
    assert page.select_one('.hk-nothing a[href="/inventory?q=xyzzy"]') is not None


def test_a_search_that_cannot_be_read_says_so(app: CKANTestApp) -> None:
    page = _get(app, "/dataset/?q=title:%22")
    assert _words(page, "h1") == ["検索のことばを読み取れませんでした"]
