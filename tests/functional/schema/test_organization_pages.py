"""The list of organisations and the page of one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


@pytest.fixture
def town(clean_db: None, clean_index: None, with_plugins: None) -> dict[str, str]:
    """Make a prefecture with a department and a division, and a town with a dataset."""
    factories.Organization(name="hokkaido", title="北海道", kind="prefecture")
    factories.Organization(name="kensetsu-bu", title="建設部", parent="hokkaido")
    factories.Organization(name="doro-ka", title="道路課", parent="kensetsu-bu")
    made = factories.Organization(
        name="tobetsu-cho", title="当別町", title_kana="とうべつちょう", title_en="Tobetsu Town", kind="municipality",
        bureau="01300", code="013030", contact_name="企画課", contact_email="kikaku@example.jp",
        contact_phone="0133-23-2330", url="https://www.town.tobetsu.hokkaido.jp/",
    )  # fmt: skip
    factories.Dataset(title="避難所", owner_org=made["id"], license_id="CC-BY-4.0", notes="説明")
    factories.Dataset(title="準備中", owner_org=made["id"], license_id="CC-BY-4.0", notes="説明", private=True)
    return made


def _get(app: CKANTestApp, address: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(address).body, "html.parser")


def _words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ").split()) for found in page.select(selector)]


@pytest.mark.usefixtures("town")
def test_the_list_shows_towns_by_bureau_and_units_below_their_department(app: CKANTestApp) -> None:
    page = _get(app, "/organization/")
    assert _words(page, ".hk-units-groups h3") == ["石狩振興局"]
    assert _words(page, ".hk-units-groups .hk-unit") == ["当別町 1件"]
    assert _words(page, ".hk-units--branches summary") == ["建設部 1組織"]
    assert _words(page, ".hk-units--branches details .hk-unit") == ["建設部", "道路課"]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("words", "found"), [("とうべつ", ["当別町 とうべつちょう 市町村 1件"]), ("ない", [])])
def test_the_list_is_searched_by_reading(app: CKANTestApp, words: str, found: list[str]) -> None:
    assert _words(_get(app, f"/organization/?q={words}"), ".hk-unit") == found


def test_a_page_says_what_an_organisation_is_and_whom_to_ask(app: CKANTestApp, town: dict[str, str]) -> None:
    page = _get(app, f"/organization/{town['name']}")
    assert _words(page, "h1") == ["当別町"]
    assert _words(page, ".hk-org-names") == ["とうべつちょう Tobetsu Town 市町村"]
    card = dict(zip(_words(page, ".hk-org-card dt"), _words(page, ".hk-org-card dd"), strict=True))
    assert card["データセット"] == "1件"
    assert card["振興局"] == "石狩振興局"
    assert card["問い合わせ先"] == "企画課 0133-23-2330 kikaku@example.jp"
    assert page.select_one('.hk-org-links a[href="/inventory?unit=tobetsu-cho"]') is not None


def test_the_description_of_an_organisation_names_its_codes(app: CKANTestApp, town: dict[str, str]) -> None:
    page = _get(app, f"/organization/about/{town['name']}")
    facts = dict(zip(_words(page, ".hk-sheet dt"), _words(page, ".hk-sheet dd"), strict=True))
    assert facts["振興局の管内"] == "石狩振興局"
    assert facts["種別"] == "市町村"
    assert facts["全国地方公共団体コード"] == "013030"
    assert page.select_one('.hk-sheet a[href="mailto:kikaku@example.jp"]') is not None
    assert "法人番号" not in facts
