"""Checks of tables on pages: trying one, choosing one in a form, the report of a stored one."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from openpyxl import Workbook

from ckanext.hokkaido_core.shared import outbox, tasks
from ckanext.hokkaido_standards import waiting_files
from ckanext.hokkaido_standards.logic.action import table

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "unthrottled")

HEADINGS = "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,設置位置,男性トイレ総数,利用開始時間"
RIGHT = "011002,1,札幌市,大通公園トイレ,北海道札幌市中央区大通西一丁目,東,2,09:00"
GOOD = f"\ufeff{HEADINGS}\r\n{RIGHT}\r\n".encode()
SECRET = "ヒミツ7311"
BAD = GOOD + f"11002,2,札幌市,<script>alert(1)</script>,北海道札幌市中央区大通西一丁目,東,{SECRET}基,9:00\r\n".encode()
LIMIT = "ckanext.hokkaido_standards."


@pytest.fixture
def unthrottled() -> None:
    redis = connect_to_redis()
    for key in redis.scan_iter("hokkaido_core:*:throttle:*"):
        redis.delete(key)


@pytest.fixture
def people() -> dict[str, dict[str, str]]:
    made = {name: factories.UserWithToken() for name in ("editor", "stranger")}
    unit = factories.Organization(users=[{"name": made["editor"]["name"], "capacity": "editor"}])
    factories.Organization(users=[{"name": made["stranger"]["name"], "capacity": "editor"}])
    headers = {name: {"Authorization": user["token"]} for name, user in made.items()}
    return {**headers, "anonymous": {}, "unit": unit}


def post(app: CKANTestApp, path: str, content: bytes | None, name: str = "public_toilet.csv", **options: Any) -> Any:
    data = {} if content is None else {"upload": (io.BytesIO(content), name)}
    return app.post(path, data=data, content_type="multipart/form-data", status=None, follow_redirects=False, **options)


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.body, "html.parser").get_text(" ").split())


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


@pytest.fixture
def waiting_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    return tmp_path


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


class Stored:
    """A dataset with one stored table that was checked."""

    def __init__(self, app: CKANTestApp, unit: dict[str, Any], content: bytes = BAD, **fields: Any) -> None:
        admin = {"Authorization": factories.SysadminWithToken()["token"]}
        self.dataset = factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", **fields)
        data = {
            "package_id": self.dataset["id"],
            "name": "トイレ",
            "upload": (io.BytesIO(content), "public_toilet.csv"),
        }
        made = app.post("/api/3/action/resource_create", data=data, headers=admin)
        self.resource = made.json["result"]
        outbox.drain()
        self.page = f"/dataset/{self.dataset['name']}/resource/{self.resource['id']}"
        self.report = f"{self.page}/table-report"


def test_the_page_of_a_file_has_a_badge_and_a_report_with_its_downloads(app: CKANTestApp, people: Any) -> None:
    stored = Stored(app, people["unit"])
    page = BeautifulSoup(app.get(stored.page).body, "html.parser")
    badge = page.select_one(".hk-table-standing")
    assert badge is not None
    assert "公衆トイレ" in badge.get_text()
    assert badge.select_one(".hk-badge--bad")
    assert badge.select_one(f'a[href$="{stored.report}"]')
    report = app.get(stored.report)
    assert SECRET in report.body
    assert "<script>alert(1)</script>" not in report.body
    rows = app.get(f"{stored.report}.csv")
    assert rows.headers["Content-Disposition"].startswith("attachment")
    assert SECRET in rows.data.decode("utf-8-sig")
    told = app.get(f"{stored.report}.json").json
    assert {one["rule"] for one in told["findings"]} >= {"value-code-form", "value-form"}
    assert (told["standard"], told["rows"]) == ("13", 2)


def marks(app: CKANTestApp, stored: Stored, **options: Any) -> list[str]:
    """Return what the list of a dataset's files says of each of them, as text."""
    page = app.get(f"/dataset/{stored.dataset['name']}", status=None, follow_redirects=False, **options)
    items = BeautifulSoup(page.body, "html.parser").select(".resource-item")
    return [
        " ".join(mark.get_text(" ").split()) if (mark := one.select_one(".hk-table-marks")) else "" for one in items
    ]


def add_file(app: CKANTestApp, stored: Stored, content: bytes, name: str) -> dict[str, Any]:
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    data = {"package_id": stored.dataset["id"], "name": name, "upload": (io.BytesIO(content), name)}
    return app.post("/api/3/action/resource_create", data=data, headers=admin).json["result"]


def test_the_list_of_files_says_how_each_table_stands_by_one_question(app: CKANTestApp, people: Any) -> None:
    stored, single = Stored(app, people["unit"]), Stored(app, people["unit"])
    for number in range(3):
        add_file(app, stored, GOOD, f"public_toilet_{number}.csv")
    add_file(app, stored, b"%PDF-1.7 x", "a.pdf")
    outbox.drain()
    add_file(app, stored, BAD, "waiting.csv")
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "hokkaido_standards_check" in statement:
            asked.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        assert len(marks(app, single)) == 1
        for_one = len(asked)
        bad, *good, pdf, waiting = marks(app, stored)
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", note)
    assert ("公衆トイレ" in bad, "直すところ" in bad) == (True, True)
    assert all("標準に沿っています" in one for one in good)
    assert (len(good), pdf, waiting) == (3, "", "")
    assert len(asked) == 2 * for_one > 0
    # Once it has another file, what was found in the one before says nothing of it.
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    data = {"id": stored.resource["id"], "upload": (io.BytesIO(GOOD), "public_toilet.csv")}
    app.post("/api/3/action/resource_patch", data=data, headers=admin)
    assert marks(app, stored)[0] == ""


def test_a_table_without_a_fault_says_that_it_follows_its_standard(app: CKANTestApp, people: Any) -> None:
    badge = BeautifulSoup(app.get(Stored(app, people["unit"], GOOD).page).body, "html.parser").select_one(
        ".hk-table-standing"
    )
    assert badge is not None
    assert badge.select_one(".hk-badge--good")
    assert "標準に沿っています" in badge.get_text()


@pytest.mark.parametrize(
    ("fields", "readers"),
    [
        ({}, {"anonymous", "stranger", "editor"}),
        ({"private": True}, {"editor"}),
        ({"access_rights": "RESTRICTED", "access_conditions": "大学に提供します。"}, {"editor"}),
        ({"access_rights": "NON_PUBLIC", "access_conditions": "内部用です。"}, {"editor"}),
    ],
    ids=["public", "private", "restricted", "non-public"],
)
def test_a_report_is_for_those_who_may_have_the_file(
    app: CKANTestApp, people: Any, fields: dict[str, Any], readers: set[str]
) -> None:
    stored = Stored(app, people["unit"], **fields)
    for who in ("anonymous", "stranger", "editor"):
        for path in (stored.report, f"{stored.report}.csv", f"{stored.report}.json"):
            response = app.get(path, headers=people[who], status=None, follow_redirects=False)
            assert (response.status_code == 200) == (who in readers), (who, path, response.status_code)
            assert (SECRET in response.body) == (who in readers)
        page = app.get(stored.page, headers=people[who], status=None, follow_redirects=False)
        assert ("hk-table-standing" in page.body) == (who in readers), who
        assert any(marks(app, stored, headers=people[who])) == (who in readers), who
        api = app.get(
            "/api/3/action/hokkaido_table_report_show",
            headers=people[who],
            query_string={"id": stored.resource["id"]},
            status=None,
        )
        assert (api.status_code == 200) == (who in readers)


def test_a_link_and_a_file_of_another_dataset_have_no_report(app: CKANTestApp, people: Any) -> None:
    stored, other = (
        Stored(app, people["unit"]),
        factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0"),
    )
    wrong = app.get(f"/dataset/{other['name']}/resource/{stored.resource['id']}/table-report", status=None)
    assert wrong.status_code == 404
    link = factories.Resource(package_id=other["id"], url="https://www.example.jp/a.csv", format="CSV")
    page = f"/dataset/{other['name']}/resource/{link['id']}"
    assert "hk-table-standing" not in app.get(page).body
    assert app.get(f"{page}/table-report.csv", status=None).status_code == 404


@pytest.mark.parametrize("page", ["/dataset/new", "/dataset/{id}/resource/new"])
def test_the_forms_have_the_place_for_what_is_found(app: CKANTestApp, people: Any, page: str) -> None:
    dataset = factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0")
    form = app.get(page.format(id=dataset["name"]), headers=people["editor"])
    box = BeautifulSoup(form.body, "html.parser").select_one("form [data-hk-table-check]")
    assert box is not None
    assert box["data-hk-table-check"].endswith("/standards/check")
    assert box["aria-live"] == "polite"


def _resources(stored: Stored) -> list[dict[str, Any]]:
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action("package_show")({"user": site, "use_cache": False}, {"id": stored.dataset["id"]})["resources"]


def test_an_editor_sees_the_difference_first_and_adds_the_mended_file(app: CKANTestApp, people: Any) -> None:
    stored, page = Stored(app, people["unit"]), "{}/table-repair"
    address = page.format(stored.page)
    assert address in app.get(stored.page, headers=people["editor"]).body
    shown = BeautifulSoup(app.get(address, headers=people["editor"]).body, "html.parser")
    pairs = {(row.select_one("del"), row.select_one("ins")) for row in shown.select(".hk-table-rule tr") if row("ins")}
    assert ("11002", "011002") in {(old.get_text(), new.get_text()) for old, new in pairs if old}
    assert "<script>alert(1)</script>" not in str(shown)
    assert len(_resources(stored)) == 1
    form = shown.select_one("form[action$=table-repair]")
    assert form is not None
    sent = {"hash": form.select_one("[name=hash]")["value"]}
    stale = app.post(address, headers=people["editor"], data={"hash": "0" * 64}, status=None, follow_redirects=False)
    assert (stale.status_code, "変わ" in text_of(stale), len(_resources(stored))) == (409, True, 1)
    done = app.post(address, headers=people["editor"], data=sent, follow_redirects=False, status=None)
    assert done.status_code == 302
    first, made = _resources(stored)
    assert (first["id"], made["derived_from"]) == (stored.resource["id"], stored.resource["id"])
    assert done.headers["Location"].endswith(made["id"])
    outbox.drain()
    derived = BeautifulSoup(app.get(f"/dataset/{stored.dataset['name']}/resource/{made['id']}").body, "html.parser")
    # What was made says what it was made from, and is not mended itself.
    assert derived.select_one(f'a[href$="{stored.page}"]')
    assert "table-repair" not in str(derived)


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_nobody_else_has_a_file_repaired(app: CKANTestApp, people: Any, who: str) -> None:
    stored = Stored(app, people["unit"])
    assert "table-repair" not in app.get(stored.page, headers=people[who]).body
    for send in (app.get, app.post):
        response = send(f"{stored.page}/table-repair", headers=people[who], status=None, follow_redirects=False)
        assert response.status_code in {302, 403}
        assert SECRET not in response.body
    assert len(_resources(stored)) == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(GOOD, "public_toilet.csv", "直せるところ"), (b"%PDF-1.7 nothing\n", "a.csv", "表"), (None, "", "アップロード")],
    ids=["right", "unreadable", "link"],
)
def test_what_cannot_be_repaired_says_why(
    app: CKANTestApp, people: Any, content: bytes | None, name: str, words: str
) -> None:
    if content is None:
        dataset = factories.Dataset(owner_org=people["unit"]["id"], license_id="CC-BY-4.0")
        link = factories.Resource(package_id=dataset["id"], url="https://www.example.jp/a.csv", format="CSV")
        page = f"/dataset/{dataset['name']}/resource/{link['id']}/table-repair"
    else:
        page = f"{Stored(app, people['unit'], content).page}/table-repair"
    for send in (app.get, app.post):
        response = send(page, headers=people["editor"], status=None, follow_redirects=False)
        assert response.status_code in {200, 409}
        assert words in text_of(response)


def _ran(response: Any) -> tuple[str, str]:
    """Run the task that a page has begun, and return the address that its bar goes on to, and the id of the task."""
    assert response.status_code == 302, text_of(response)
    address = urlsplit(response.headers["Location"])
    task = address.path.rsplit("/", 1)[-1]
    tasks.run(task)
    return parse_qs(address.query)["next"][0], task


def test_a_large_file_is_mended_by_the_worker_the_difference_first(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = Stored(app, people["unit"])
    monkeypatch.setitem(tk.config, f"{LIMIT}check_megabytes", 0)
    address, editor = f"{stored.page}/table-repair", people["editor"]
    asking = BeautifulSoup(app.get(address, headers=editor).body, "html.parser")
    assert asking.select_one("button[name=large]")
    assert SECRET not in str(asking)
    shown, task = _ran(app.post(address, headers=editor, data={"large": "1"}, follow_redirects=False, status=None))
    row = tasks.find(model.Session(), task)
    assert row is not None
    assert SECRET not in str((row.payload, row.title, row.result))
    page = BeautifulSoup(app.get(shown, headers=editor).body, "html.parser")
    assert "011002" in {one.get_text() for one in page.select("ins")}
    assert len(_resources(stored)) == 1
    # Nobody else sees it, and nobody at another file.
    assert app.get(shown, headers=people["stranger"], status=None, follow_redirects=False).status_code == 404
    other = Stored(app, people["unit"])
    elsewhere = f"{other.page}/table-repair?task={task}"
    assert app.get(elsewhere, headers=editor, status=None).status_code == 404
    sent = {one["name"]: one["value"] for one in page.select("form[action$=table-repair] input[name]")}
    assert sent["large"] == "1"
    made, _task = _ran(app.post(address, headers=editor, data=sent, follow_redirects=False, status=None))
    done = app.get(made, headers=editor, follow_redirects=False, status=None)
    first, mended = _resources(stored)
    assert (first["id"], mended["derived_from"]) == (stored.resource["id"], stored.resource["id"])
    assert (done.status_code, done.headers["Location"].endswith(mended["id"])) == (302, True)
    waiting_files.drop_older(-1)
    assert "もう一度" in text_of(app.get(shown, headers=editor))


def test_a_repair_in_the_background_is_refused_when_it_is_due(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = Stored(app, people["unit"])
    monkeypatch.setitem(tk.config, f"{LIMIT}check_megabytes", 0)
    address, editor = f"{stored.page}/table-repair", people["editor"]
    stale = {"large": "1", "hash": "0" * 64}
    shown, task = _ran(app.post(address, headers=editor, data=stale, follow_redirects=False, status=None))
    row = tasks.find(model.Session(), task)
    assert row is not None
    assert (str(row.state), bool(row.message)) == ("failed", True)
    alert = BeautifulSoup(app.get(shown, headers=editor).body, "html.parser").select_one(".alert-danger")
    assert alert is not None
    assert row.message in alert.get_text()
    # Whoever lost the right while it waited gets nothing.
    begun = app.post(address, headers=editor, data={"large": "1"}, follow_redirects=False, status=None)
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    for member in tk.get_action("member_list")({"user": site}, {"id": people["unit"]["id"], "object_type": "user"}):
        asked = {"id": people["unit"]["id"], "object": member[0], "object_type": "user"}
        tk.get_action("member_delete")({"user": site, "ignore_auth": True}, asked)
    gone, task = _ran(begun)
    row = tasks.find(model.Session(), task)
    assert (row is not None and str(row.state)) == "failed"
    assert app.get(gone, headers=editor, status=None, follow_redirects=False).status_code in {302, 403}
    assert len(_resources(stored)) == 1


def test_what_is_too_large_for_the_worker_says_what_to_do(
    app: CKANTestApp, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = Stored(app, people["unit"])
    monkeypatch.setitem(tk.config, f"{LIMIT}check_megabytes", 0)
    monkeypatch.setitem(tk.config, f"{LIMIT}stored_megabytes", 0)
    for send, data in ((app.get, {}), (app.post, {"large": "1"})):
        more = {"data": data} if data else {}
        response = send(f"{stored.page}/table-repair", headers=people["editor"], status=None, **more)
        assert (response.status_code, "分けるか" in text_of(response)) == (409, True)
