"""Checks of tables on pages: trying one, and choosing one in a form."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from openpyxl import Workbook
from stored_tables import BAD, GOOD, LIMIT, SECRET, post, text_of

from ckanext.hokkaido_core.shared import tasks
from ckanext.hokkaido_standards import waiting_files
from ckanext.hokkaido_standards.logic.action import table

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "unthrottled")


def kept() -> dict[str, int]:
    """Return how many rows each table has, and how many files lie in the folders of the portal and of this machine."""
    rows = {
        table.name: model.Session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in model.meta.metadata.sorted_tables
    }
    storage = Path(tk.config["ckan.storage_path"])
    return rows | {
        "files": sum(path.is_file() for path in storage.rglob("*")),
        "temporary": len(list(Path(tempfile.gettempdir()).iterdir())),
    }


def test_whoever_comes_tries_a_file_and_nothing_of_it_is_kept(app: CKANTestApp) -> None:
    # The first page of a kind writes its style sheets.
    app.get("/standards/try")
    before = kept()
    response = post(app, "/standards/try", BAD)
    page = text_of(response)
    assert response.status_code == 200
    assert "公衆トイレ" in page
    assert "11002" in page
    assert "<script>alert(1)</script>" not in response.body
    assert response.headers["Cache-Control"] == "private"
    assert kept() == before


def _book() -> bytes:
    book, content = Workbook(), io.BytesIO()
    book.active.append(["名称", "住所"])
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "何も入っていません"),
        (b"%PDF-1.7\n", "a.csv", "PDF"),
        (b"<!DOCTYPE html><html><body>login</body></html>", "a.csv", "ウェブページ"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a.xlsx", "Excel ファイルでも"),
        (_book()[:400], "a.xlsx", "壊れ"),
        (b"\x00\x01\x02\x03" * 100, "a.csv", ""),
        (b'"' + b"a" * 100_000, "quote.csv", ""),
        (("(" * 50_000 + "a+" * 50_000 + "\n").encode(), "redos.csv", ""),
        (b"a,b\r\n" + b"1,2,3,4\r\n" * 2000, "ragged.csv", ""),
        ("名称,値\r\nあ\x00い,\u202eabc\r\n".encode(), "..\\../x\u202e.csv", ""),
    ],
    ids=["empty", "pdf", "page", "png", "cut", "binary", "quote", "redos", "ragged", "name"],
)
def test_whatever_is_sent_has_an_answer_in_plain_words(app: CKANTestApp, content: bytes, name: str, words: str) -> None:
    response = post(app, "/standards/try", content, name)
    assert response.status_code == 200
    page = text_of(response)
    assert words in page
    assert "Traceback" not in page


def test_a_file_is_asked_for_and_has_a_limit(app: CKANTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = post(app, "/standards/try", None)
    assert (nothing.status_code, "検査するファイル" in text_of(nothing)) == (400, True)
    monkeypatch.setitem(tk.config, f"{LIMIT}try_megabytes", 0)
    large = post(app, "/standards/try", GOOD)
    assert (large.status_code, "超えています" in text_of(large)) == (400, True)


def test_nobody_tries_too_often(app: CKANTestApp, monkeypatch: pytest.MonkeyPatch, people: Any) -> None:
    monkeypatch.setitem(tk.config, f"{LIMIT}try_per_hour", 2)
    codes = [post(app, "/standards/try", GOOD).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    api = app.post("/api/3/action/hokkaido_table_try", data={"upload": (io.BytesIO(GOOD), "a.csv")}, status=None)
    assert api.status_code == 409
    # Who has logged in is known.
    assert post(app, "/standards/try", GOOD, headers=people["editor"]).status_code == 200


def test_files_of_unknown_visitors_are_checked_one_after_the_other(app: CKANTestApp, people: Any) -> None:
    with table._trying:
        busy = post(app, "/standards/try", GOOD)
        assert (busy.status_code, "ほかのファイル" in text_of(busy)) == (429, True)
        assert post(app, "/standards/try", GOOD, headers=people["editor"]).status_code == 200
    assert post(app, "/standards/try", GOOD).status_code == 200


def test_the_form_says_what_was_found_and_keeps_nothing(app: CKANTestApp, people: Any) -> None:
    before = kept()
    answer = post(app, "/standards/check", BAD, headers=people["editor"]).json
    assert answer["state"] == "done"
    assert "公衆トイレ" in answer["html"]
    assert "自動で直せます" in answer["html"]
    assert "<script>alert" not in answer["html"]
    assert kept() == before
    assert post(app, "/standards/check", None, headers=people["editor"]).json["state"] == "failed"
    assert post(app, "/standards/check", BAD).status_code in {302, 403}


def test_a_large_file_is_checked_by_the_worker_while_the_page_asks(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch, waiting_folder: Path
) -> None:
    monkeypatch.setitem(tk.config, f"{LIMIT}check_megabytes", 0)
    started = post(app, "/standards/check", BAD, headers=people["editor"]).json
    assert started["state"] == "waiting"
    ask = f"/standards/check/{started['id']}"
    assert app.get(ask, headers=people["editor"]).json["state"] == "waiting"
    row = tasks.find(model.Session(), started["id"])
    assert row is not None
    assert SECRET not in str((row.payload, row.title, row.result))
    tasks.run(started["id"])
    found = app.get(ask, headers=people["editor"]).json
    assert (found["state"], "公衆トイレ" in found["html"]) == ("done", True)
    # The file is gone, and so is the report after its hour.
    assert [path.suffixes for path in waiting_folder.rglob("*.*") if path.is_file()] == [[".report", ".json"]]
    assert app.get(ask, headers=people["stranger"], status=None).status_code == 404
    assert app.get(ask, status=None, follow_redirects=False).status_code in {302, 404}
    assert waiting_files.drop_older(-1) == 1
    assert app.get(ask, headers=people["editor"]).json["state"] == "failed"


def test_only_so_many_large_files_wait_and_the_form_says_so(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch, waiting_folder: Path
) -> None:
    monkeypatch.setitem(tk.config, f"{LIMIT}check_megabytes", 0)
    monkeypatch.setattr(waiting_files, "MOST", 1)
    assert post(app, "/standards/check", BAD, headers=people["editor"]).json["state"] == "waiting"
    full = post(app, "/standards/check", BAD, headers=people["editor"]).json
    assert (full["state"], "保存できます" in full["message"]) == ("failed", True)
    assert len(list(waiting_folder.rglob("*.file"))) == 1


@pytest.mark.parametrize(
    ("page", "megabytes"),
    [("/dataset/new", 50), ("/dataset/{id}/resource/new", 50), ("/standards/try", 20)],
)
def test_a_form_knows_how_large_a_file_may_be_before_it_is_sent(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch, page: str, megabytes: int
) -> None:
    monkeypatch.setitem(tk.config, "ckan.max_resource_size", 50)
    dataset = factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0")
    form = BeautifulSoup(app.get(page.format(id=dataset["name"]), headers=people["editor"]).body, "html.parser")
    box = form.select_one("form [data-hk-file-limit]")
    assert box is not None
    assert (box["data-hk-file-limit"], box.has_attr("hidden")) == (str(megabytes << 20), True)
    assert f"{megabytes} MB までなので" in box["data-hk-says"]


def test_a_file_over_the_limit_is_not_stored(app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0")
    monkeypatch.setitem(tk.config, "ckan.max_resource_size", 0)
    sent = {"package_id": dataset["id"], "upload": (io.BytesIO(GOOD), "a.csv")}
    refused = app.post("/api/3/action/resource_create", data=sent, headers=people["editor"], status=409)
    assert "超えています" in refused.json["error"]["upload"][0]
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    stored = tk.get_action("package_show")({"user": site, "use_cache": False}, {"id": dataset["id"]})
    assert stored["resources"] == []


@pytest.mark.parametrize("page", ["/dataset/new", "/dataset/{id}/resource/new"])
def test_the_forms_have_the_place_for_what_is_found(app: CKANTestApp, people: Any, page: str) -> None:
    dataset = factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0")
    form = app.get(page.format(id=dataset["name"]), headers=people["editor"])
    box = BeautifulSoup(form.body, "html.parser").select_one("form [data-hk-table-check]")
    assert box is not None
    assert box["data-hk-table-check"].endswith("/standards/check")
    assert box["aria-live"] == "polite"
