"""What went wrong, in the reader's language, and what to do next."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


def _rendered(app: CKANTestApp, code: int, address: str = "/x") -> BeautifulSoup:
    given = {"code": code, "content": "The server's own English.", "name": "Name", "show_login_redirect_link": False}
    spoken = {"CKAN_LANG": "ja", "CKAN_LANG_IS_DEFAULT": True, "CKAN_CURRENT_URL": address}
    with app.flask_app.test_request_context(address, environ_overrides=spoken):
        app.flask_app.preprocess_request()
        return BeautifulSoup(tk.render("error_document_template.html", given), "html.parser")


@pytest.mark.parametrize(
    ("code", "title", "advice"),
    [
        (400, "リクエストを処理できませんでした", "再読み込み"),
        (403, "このページは表示できません", "アカウントをお持ちのときは"),
        (404, "ページが見つかりません", "データの名前で探してください"),
        (410, "このページはなくなりました", "データの名前で探してください"),
        (413, "ファイルが大きすぎます", "圧縮"),
        (429, "アクセスが集中しています", "1分ほど待って"),
        (500, "エラーが発生しました", "次の時刻を担当部署に"),
        (503, "ただいま作業中です", "しばらくして"),
    ],
)
def test_an_error_page_says_what_to_do_next(app: CKANTestApp, code: int, title: str, advice: str) -> None:
    page = _rendered(app, code)
    assert page.h1.get_text(" ", strip=True) == f"{title} ({code})"
    assert advice in page.select_one("#error-content").get_text()
    assert "own English" not in page.get_text()


def test_an_error_page_speaks_english_too(app: CKANTestApp) -> None:
    page = BeautifulSoup(app.get("/en/no-such-page", status=404).body, "html.parser")
    assert page.h1.get_text(" ", strip=True) == "Page not found (404)"


def test_who_is_logged_in_is_told_whom_to_ask(app: CKANTestApp) -> None:
    token = factories.APIToken(user=factories.User()["name"])["token"]
    page = app.get("/ckan-admin/", headers={"Authorization": token}, status=403)
    assert "所属する組織の管理者" in page.body


@pytest.mark.ckan_config("ckanext.hokkaido_core.contact_url", "https://example.jp/inquiry")
def test_the_office_in_charge_can_be_reached_when_the_operator_says_where(app: CKANTestApp) -> None:
    page = app.get("/no-such-page", status=404).body
    assert page.count('href="https://example.jp/inquiry"') == 2


def test_a_page_that_broke_off_leaves_its_styles_to_the_page_that_says_so(app: CKANTestApp) -> None:
    with app.flask_app.test_request_context("/x", environ_overrides={"CKAN_LANG": "ja", "CKAN_CURRENT_URL": "/x"}):
        app.flask_app.preprocess_request()
        tk.render("home/about.html")
        given = {"code": 500, "content": "", "name": "", "show_login_redirect_link": False}
        page = BeautifulSoup(tk.render("error_document_template.html", given), "html.parser")
    assert any("hokkaido_core" in link["href"] for link in page.select("link[rel=stylesheet]"))
