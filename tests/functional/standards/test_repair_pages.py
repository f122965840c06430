"""The repair of a stored table: the difference first, then the mended file; a large one in the worker."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from stored_tables import GOOD, LIMIT, SECRET, Stored, text_of

from ckanext.hokkaido_core.shared import outbox, tasks
from ckanext.hokkaido_standards import waiting_files

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")


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
