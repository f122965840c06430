"""The front page counts what is public and leads to it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def page(app: CKANTestApp) -> BeautifulSoup:
    town = factories.Organization(name="tobetsu-cho", title="当別町", kind="municipality", bureau="01300")
    common = {"owner_org": town["id"], "license_id": "CC-BY-4.0", "notes": "説明"}
    files = [{"url": f"https://example.com/{name}.csv", "name": name, "format": "CSV"} for name in ("a", "b")]
    factories.Dataset(title="避難所", theme=["safety"], spatial_code=["013030"], resources=files, **common)
    factories.Dataset(title="人口", theme=["population"], resources=files[:1], **common)
    factories.Dataset(title="準備中", theme=["safety"], private=True, resources=files, **common)
    return BeautifulSoup(app.get("/").body, "html.parser")


def _pairs(page: BeautifulSoup, rows: str, name: str, count: str) -> dict[str, str]:
    return {
        row.select_one(name).get_text(strip=True): row.select_one(count).get_text(strip=True)
        for row in page.select(rows)
    }


def test_figures_count_public_datasets_their_files_and_who_publishes_them(page: BeautifulSoup) -> None:
    assert _pairs(page, ".hk-figures > div", "dt", "dd") == {
        "データセット": "2",
        "ファイル": "3",
        "公開している組織": "1",
    }


def test_a_theme_is_shown_with_its_count_and_leads_to_its_datasets(page: BeautifulSoup) -> None:
    assert _pairs(page, ".hk-themes li", ".hk-theme-name", ".hk-count") == {"人口・統計": "1件", "防災・安全": "1件"}
    assert page.select_one(".hk-themes a")["href"] == "/dataset/?vocab_theme=population"


def test_the_list_says_what_the_picture_of_the_bureaus_shows(page: BeautifulSoup) -> None:
    assert len(page.select(".hk-bureaus li")) == len(page.select(".hk-map rect")) == 14
    in_list = [link["href"] for link in page.select(".hk-bureaus a")]
    assert in_list == ["/dataset/?vocab_bureau=01300"]
    assert [link["href"] for link in page.select(".hk-map a")] == in_list
    assert page.select_one(".hk-map")["aria-hidden"] == "true"
    assert {link["tabindex"] for link in page.select(".hk-map a")} == {"-1"}


def test_what_is_not_public_is_not_among_the_newest(page: BeautifulSoup) -> None:
    assert {link.get_text() for link in page.select("ul.hk-lines a")} == {"避難所", "人口"}


def test_nothing_is_shown_as_wanted_while_no_plugin_knows(page: BeautifulSoup) -> None:
    assert page.select_one("#hk-wanted-title") is None


def test_an_empty_portal_has_a_front_page(app: CKANTestApp) -> None:
    page: Any = BeautifulSoup(app.get("/").body, "html.parser")
    assert _pairs(page, ".hk-figures > div", "dt", "dd")["データセット"] == "0"
    assert page.select(".hk-themes, ul.hk-lines") == []
