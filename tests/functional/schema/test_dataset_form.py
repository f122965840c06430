"""The dataset and resource forms, as an editor uses them in Japanese."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

TABLE = "番号,名称\r\n1,髙橋橋\r\n".encode("utf-8-sig")


@pytest.fixture
def editor() -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=factories.Sysadmin()["name"])["token"]}


@pytest.fixture
def unit() -> dict[str, Any]:
    return factories.Organization(name="doro-ka", title="道路課")


@pytest.fixture
def dataset(unit: dict[str, Any]) -> dict[str, Any]:
    return factories.Dataset(
        owner_org=unit["id"], license_id="CC-BY-4.0", title="橋りょう一覧", notes="橋の一覧です。", name="bridges"
    )


def _shown(name: str) -> dict[str, Any]:
    return tk.get_action("package_show")({"ignore_auth": True}, {"id": name})


def _submit(app: CKANTestApp, editor: dict[str, str], url: str, data: dict[str, Any]) -> Any:
    return app.post(url, data={"save": "", **data}, headers=editor, follow_redirects=False, status=None)


def _patch(**values: Any) -> None:
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    tk.get_action("package_patch")({"user": site, "ignore_auth": True}, {"id": "bridges", **values})


def _form(app: CKANTestApp, editor: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(app.get("/dataset/edit/bridges", headers=editor).body, "html.parser")


def _filled(page: BeautifulSoup) -> dict[str, Any]:
    """Return what a browser would send with the form as it is."""
    found: dict[str, Any] = {}
    for field in page.select("#dataset-edit [name]"):
        if field.find_parent("template") or (
            field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked")
        ):
            continue
        if field.name == "select":
            chosen = [one["value"] for one in field.select("option[selected]")]
            found[field["name"]] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
        elif field.name == "textarea":
            found[field["name"]] = field.get_text().lstrip("\n")
        elif field.name == "input":
            found.setdefault(field["name"], field.get("value", ""))
    return found


def test_the_form_is_in_japanese_and_offers_names_not_codes(
    app: CKANTestApp, editor: dict[str, str], dataset: Any
) -> None:
    page = _form(app, editor)
    labels = {label.get_text(" ", strip=True).lstrip("* ") for label in page.find_all("label")}
    assert {"タイトル", "説明", "ライセンス", "対象地域", "更新頻度"} <= labels
    areas = {option["value"]: option.get_text(strip=True) for option in page.select("#field-spatial_code option")}
    assert areas["011002"] == "札幌市"
    assert len(areas) == 204


def test_only_what_is_needed_is_required(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    page = _form(app, editor)
    marked = [group.select_one("[name]")["name"] for group in page.select(".form-group:has(.control-required)")]
    assert sorted(marked) == ["license_id", "notes", "owner_org", "title"]


def test_a_form_that_is_sent_as_it_came_changes_nothing(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    values = {
        "theme": ["safety"],
        "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
        "contact": [{"name": "道路課"}],
    }
    _patch(**values)
    before = _shown("bridges")
    assert _submit(app, editor, "/dataset/edit/bridges", _filled(_form(app, editor))).status_code == 302
    changed = {name for name, value in _shown("bridges").items() if value != before.get(name) and value not in ([], "")}
    assert changed <= {"metadata_modified", "license_url", "language"}


def test_several_values_and_groups_survive_the_form(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    data = {
        **_filled(_form(app, editor)),
        "theme": ["transport", "safety"],
        "spatial_code": ["011002", "013030"],
        "temporal_coverage-0-start": "令和7年度",
        "temporal_coverage-0-end": "令和7年度",
        "temporal_coverage-1-start": "2026-04-01",
        "temporal_coverage-1-end": "",
        "contact-0-name": "道路課",
        "contact-0-email": "",
        "contact-0-phone": "011-231-4111",
        "contact-0-url": "",
        "conforms_to": ["https://example.org/a", "https://example.org/b"],
    }
    assert _submit(app, editor, "/dataset/edit/bridges", data).status_code == 302
    stored = _shown("bridges")
    assert sorted(stored["theme"]) == ["safety", "transport"]
    assert stored["spatial_code"] == ["011002", "013030"]
    assert stored["temporal_coverage"][0] == {"start": "2025-04-01", "end": "2026-03-31"}
    assert stored["temporal_coverage"][1]["start"] == "2026-04-01"
    assert stored["contact"][0]["phone"] == "011-231-4111"
    assert stored["conforms_to"] == ["https://example.org/a", "https://example.org/b"]


def test_an_error_is_told_in_japanese_with_a_link_to_the_field(
    app: CKANTestApp, editor: dict[str, str], dataset: Any
) -> None:
    data = {
        **_filled(_form(app, editor)),
        "issued": "平成99年4月1日",
        "temporal_coverage-0-start": "去年",
        "notes": "消えない",
    }
    response = _submit(app, editor, "/dataset/edit/bridges", data)
    page = BeautifulSoup(response.body, "html.parser")
    links = [link["href"] for link in page.select("[data-hk-problems] a")]
    assert response.status_code == 409
    assert links == ["#field-temporal_coverage-0-start", "#field-issued"]
    assert "「平成99年4月1日」はその元号の期間に入っていません" in response.body
    assert page.select_one("#field-notes").get_text().strip() == "消えない"
    assert page.select_one("details:has(#field-issued)").has_attr("open")


def test_a_file_begins_a_draft_and_a_missing_point_leads_to_its_field(
    app: CKANTestApp, editor: dict[str, str], unit: Any
) -> None:
    data = {"owner_org": unit["id"], "save": "file", "upload": (BytesIO(TABLE), "橋りょう一覧.csv")}
    begun = _submit(app, editor, "/dataset/new", data)
    name = begun.headers["Location"].rpartition("/")[2]
    page = BeautifulSoup(app.get(f"/dataset/edit/{name}", headers=editor).body, "html.parser")
    assert page.select_one("#field-title")["value"] == "橋りょう一覧"
    sent = _submit(app, editor, f"/dataset/edit/{name}", {**_filled(page), "save": "publish"})
    links = [one["href"] for one in BeautifulSoup(sent.body, "html.parser").select("[data-hk-problems] a")]
    assert links == ["#field-notes", "#field-contact"]
    assert _shown(name)["state"] == "draft"


def test_two_editors_get_a_page_with_both_texts_and_choose(
    app: CKANTestApp, editor: dict[str, str], dataset: Any
) -> None:
    form = _filled(_form(app, editor))
    assert _submit(app, editor, "/dataset/edit/bridges", {**form, "notes": "先の説明"}).status_code == 302
    answer = _submit(app, editor, "/dataset/edit/bridges", {**form, "notes": "後の説明", "title": "新しい題"})
    page = BeautifulSoup(answer.body, "html.parser")
    assert answer.status_code == 409
    assert [one.get_text(strip=True) for one in page.select(".hk-value")] == ["後の説明", "先の説明"]
    again = {one["name"]: one["value"] for one in page.select("form input[type=hidden]")}
    assert _submit(app, editor, "/dataset/edit/bridges", again).status_code == 409
    chosen = _submit(app, editor, "/dataset/edit/bridges", {**again, "choose-notes": "theirs"})
    assert chosen.status_code == 302
    stored = _shown("bridges")
    assert (stored["notes"], stored["title"]) == ("先の説明", "新しい題")


def test_what_was_typed_and_not_saved_is_there_again(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    form = _form(app, editor)
    items = [["_form", "dataset"], ["title", "書きかけの題"]]
    kept = {"items": items, "version": form.select_one("[name=_version]")["value"], "base": {}}
    assert app.post("/dataset/bridges/unsaved", json=kept, headers=editor).status_code == 200
    page = _form(app, editor)
    assert page.select_one("#field-title")["value"] == "書きかけの題"
    assert "前回、保存せずに閉じた入力" in page.get_text()
    app.post("/dataset/bridges/unsaved/drop", headers=editor, follow_redirects=False)
    assert _form(app, editor).select_one("#field-title")["value"] == "橋りょう一覧"


def test_a_preview_shows_the_page_of_a_visitor(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    _patch(private=True)
    page = app.get("/dataset/bridges/preview", headers=editor).body
    assert "下書きのプレビュー" in page
    assert "ログアウト" not in page
    assert app.get("/dataset/bridges/preview", follow_redirects=False, status=None).status_code == 302


def _upload(app: CKANTestApp, editor: dict[str, str], content: bytes, filename: str) -> dict[str, Any]:
    data = {"id": "", "url": filename, "url_type": "upload", "name": "一覧", "upload": (BytesIO(content), filename)}
    response = _submit(app, editor, "/dataset/bridges/resource/new", {**data, "save": "go-metadata"})
    assert response.status_code == 302, response.body
    return _shown("bridges")["resources"][0]


def test_an_upload_is_described_by_its_own_bytes(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    resource = _upload(app, editor, TABLE, "bridges.csv")
    served = app.get(f"/dataset/bridges/resource/{resource['id']}/download/bridges.csv", headers=editor)
    assert resource["hash"] == hashlib.sha256(served.data).hexdigest()
    assert int(resource["size"]) == len(served.data) == len(TABLE)
    assert resource["hash_algorithm"].endswith("checksumAlgorithm_sha256")
    assert (resource["format"], resource["mimetype"], resource["encoding"]) == ("CSV", "text/csv", "UTF-8 (BOM)")


def test_an_upload_of_gzip_says_so_by_itself(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    assert _upload(app, editor, gzip.compress(TABLE), "bridges.csv.gz")["compress_format"] == "gzip"


def test_editing_a_file_entry_keeps_what_is_known_of_the_file(
    app: CKANTestApp, editor: dict[str, str], dataset: Any
) -> None:
    before = _upload(app, editor, TABLE, "bridges.csv")
    data = {"id": before["id"], "url": "bridges.csv", "url_type": "upload", "name": "新しい名前", "format": "CSV"}
    _submit(app, editor, f"/dataset/bridges/resource/{before['id']}/edit", {**data, "save": "go-dataset"})
    after = _shown("bridges")["resources"][0]
    assert after["name"] == "新しい名前"
    for key in ("hash", "hash_algorithm", "size", "mimetype", "encoding", "format"):
        assert after[key] == before[key]


def test_a_request_cannot_lie_about_a_stored_file(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    before = _upload(app, editor, TABLE, "bridges.csv")
    context = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"], "ignore_auth": True}
    tk.get_action("resource_patch")(context, {"id": before["id"], "hash": "0" * 64, "name": "x"})
    assert _shown("bridges")["resources"][0]["hash"] == before["hash"]


def test_a_link_in_place_of_a_file_forgets_the_file(app: CKANTestApp, editor: dict[str, str], dataset: Any) -> None:
    before = _upload(app, editor, TABLE, "bridges.csv")
    data = {"id": before["id"], "url": "https://example.org/bridges.csv", "url_type": "", "clear_upload": "true"}
    _submit(
        app, editor, f"/dataset/bridges/resource/{before['id']}/edit", {**data, "name": "一覧", "save": "go-dataset"}
    )
    after = _shown("bridges")["resources"][0]
    assert after["url"] == "https://example.org/bridges.csv"
    assert not after.get("hash")
    assert not after.get("size")


def test_the_page_shows_names_of_codes_and_dates_both_ways(
    app: CKANTestApp, editor: dict[str, str], dataset: Any
) -> None:
    context = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"], "ignore_auth": True}
    values = {"theme": ["safety"], "spatial_code": ["013030", "01630"], "issued": "2026-04-01", "frequency": "ANNUAL"}
    tk.get_action("package_patch")(context, {"id": "bridges", **values})
    page = app.get("/dataset/bridges").body
    for text in ("防災・安全", "当別町、十勝総合振興局", "令和8年4月1日（2026年4月1日）", "毎年"):
        assert text in page
    assert "spatial_code" not in page


def test_the_search_page_offers_themes_and_bureaus(app: CKANTestApp, dataset: Any) -> None:
    context = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"], "ignore_auth": True}
    tk.get_action("package_patch")(context, {"id": "bridges", "theme": ["safety"], "spatial_code": ["013030"]})
    page = app.get("/dataset/").body
    assert "防災・安全" in page
    assert "石狩振興局" in page
    assert model.Package.get("bridges") is not None
