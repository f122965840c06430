"""A dataset as visitors will see it, with what an editor has typed and not saved; nobody else sees that."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

SECRET = "まだ秘密の説明です。"


@pytest.fixture
def tokens() -> dict[str, dict[str, str]]:
    """Return the headers of two editors of one organisation; it has a public dataset, `bridges`."""
    people = {name: factories.User(name=name) for name in ("hanako", "taro")}
    members = [{"name": name, "capacity": "editor"} for name in people]
    unit = factories.Organization(name="doro-ka", title="道路課", contact_name="道路課", users=members)
    factories.Dataset(
        owner_org=unit["id"],
        name="bridges",
        title="橋りょう一覧",
        notes="橋の一覧です。",
        license_id="CC-BY-4.0",
        tag_string="橋りょう",
        resources=[{"url": "https://example.jp/b.csv", "name": "橋の表", "format": "CSV"}],
    )
    return {name: {"Authorization": factories.APIToken(user=name)["token"]} for name in people}


def filled(page: str) -> dict[str, Any]:
    """Return what a browser would send with the form as it is."""
    found: dict[str, Any] = {}
    for field in BeautifulSoup(page, "html.parser").select("#dataset-edit [name]"):
        kind, name = field.get("type"), field["name"]
        if field.name == "button" or field.find_parent("template"):
            continue
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = [one["value"] for one in field.select("option[selected]")]
            found[name] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
        else:
            found[name] = field.get_text().lstrip("\n") if field.name == "textarea" else field.get("value", "")
    return found


def preview(app: Any, headers: dict[str, str], **typed: str) -> Any:
    """Type something and press the button for the preview; return the page that follows."""
    form = filled(app.get("/dataset/edit/bridges", headers=headers).body)
    sent = form | typed | {"save": "preview"}
    return app.post("/dataset/edit/bridges", headers=headers, data=sent, follow_redirects=True)


def test_what_is_typed_is_shown_as_visitors_would_see_it(app: Any, tokens: dict[str, Any]) -> None:
    typed = {"title": "新しい題名", "notes": SECRET, "tag_string": "橋りょう,道路", "license_id": "CC0-1.0"}
    page = preview(app, tokens["hanako"], **typed, issued="令和8年4月1日")
    assert page.request.path == "/dataset/bridges/preview"
    shown = BeautifulSoup(page.body, "html.parser")
    assert shown.h1.get_text(strip=True) == "新しい題名"
    assert "入力した内容のプレビュー" in page.body
    for words in (SECRET, "橋の表", "道路課", "CC0"):
        assert words in page.body
    assert {one.get_text(strip=True) for one in shown.select(".tag")} == {"橋りょう", "道路"}
    # It is the page of a visitor: nothing of an editor's stands on it.
    assert not shown.select("a[href$='/dataset/edit/bridges']:not(.btn)")


def test_nothing_is_stored_and_nobody_else_sees_it(app: Any, tokens: dict[str, Any]) -> None:
    before = tk.get_action("package_show")({"ignore_auth": True}, {"id": "bridges"})
    preview(app, tokens["hanako"], notes=SECRET)
    pages = ("/dataset/bridges", "/api/3/action/package_show?id=bridges", "/dataset/bridges.ttl", "/dataset/?q=秘密")
    for headers in (tokens["taro"], {}):
        for page in (*pages, *(["/dataset/bridges/preview", "/dataset/edit/bridges"] if headers else [])):
            assert SECRET not in app.get(page, headers=headers).body, page
    assert app.get("/dataset/bridges/preview", follow_redirects=False, status=None).status_code == 302
    assert SECRET not in app.get("/dataset/bridges", headers=tokens["hanako"]).body
    model.Session.remove()
    assert tk.get_action("package_show")({"ignore_auth": True}, {"id": "bridges"}) == before


def test_whoever_may_not_edit_is_told_nothing(app: Any, tokens: dict[str, Any]) -> None:
    preview(app, tokens["hanako"], notes=SECRET)
    stranger = {"Authorization": factories.APIToken(user=factories.User()["name"])["token"]}
    answer = app.get("/dataset/bridges/preview", headers=stranger, status=None)
    assert (answer.status_code, SECRET in answer.body) == (403, False)
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("hokkaido_draft_copy_preview")({"user": ""}, {"id": "bridges"})


def test_the_form_still_holds_what_was_typed_and_saving_it_ends_the_preview(app: Any, tokens: dict[str, Any]) -> None:
    headers = tokens["hanako"]
    preview(app, headers, notes=SECRET)
    form = filled(app.get("/dataset/edit/bridges", headers=headers).body)
    assert form["notes"] == SECRET
    app.post("/dataset/edit/bridges", headers=headers, data=form | {"save": "save"}, follow_redirects=False)
    assert tk.get_action("package_show")({"user": ""}, {"id": "bridges"})["notes"] == SECRET
    assert "保存していない入力はありません" in app.get("/dataset/bridges/preview", headers=headers).body


def test_a_value_that_cannot_be_read_is_named_and_the_rest_is_shown(app: Any, tokens: dict[str, Any]) -> None:
    page = preview(app, tokens["hanako"], notes=SECRET, issued="平成99年4月1日")
    banner = BeautifulSoup(page.body, "html.parser").select_one(".hk-preview").get_text(" ", strip=True)
    assert "公開日" in banner
    assert SECRET in page.body


def test_what_a_colleague_saves_meanwhile_is_shown_too(app: Any, tokens: dict[str, Any]) -> None:
    form = filled(app.get("/dataset/edit/bridges", headers=tokens["hanako"]).body)
    tk.get_action("package_patch")({"user": "taro"}, {"id": "bridges", "title": "太郎の題名"})
    sent = form | {"notes": SECRET, "save": "preview"}
    page = app.post("/dataset/edit/bridges", headers=tokens["hanako"], data=sent, follow_redirects=True)
    assert "太郎の題名" in page.body
    assert SECRET in page.body


def test_a_form_as_it_is_stored_leaves_nothing_behind(app: Any, tokens: dict[str, Any]) -> None:
    page = preview(app, tokens["hanako"])
    assert "保存していない入力はありません" in page.body
    assert tk.get_action("hokkaido_draft_copy_show")({"user": "hanako"}, {"id": "bridges"}) is None
