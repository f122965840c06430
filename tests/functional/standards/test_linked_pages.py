"""Files at other sites on pages: where they lie, when they were fetched, what is wrong with that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.hokkaido_core.shared import now, outbox
from ckanext.hokkaido_standards.domain.linked_state import Outcome
from ckanext.hokkaido_standards.fetching import Fetched
from ckanext.hokkaido_standards.jobs.linked import collect_links, store
from ckanext.hokkaido_standards.model import LinkedFile
from ckanext.hokkaido_standards.service import linked

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

HEADINGS = "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,設置位置\r\n"
HALL = "12025,1,函館市役所,北海道函館市東雲町4番13号,41.7687,140.7288,1階\r\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the path of the page of a link, whose file has not been asked for."""
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_standards.combined_folder", str(tmp_path))
    unit = factories.Organization(code="012025", title="函館市", kind="municipality")
    file = {"url": "https://www.example.jp/aed.csv?key=1", "name": "AED", "format": "CSV"}
    made = factories.Dataset(owner_org=unit["id"], license_id="CC-BY-4.0", title="AED設置箇所一覧", resources=[file])
    collect_links()
    model.Session.commit()
    return f"/dataset/{made['name']}/resource/{made['resources'][0]['id']}"


def came(fetched: Fetched, *, later: timedelta = timedelta(0)) -> None:
    """Store what a site answered, as if so much time had gone by."""
    back = {name: getattr(LinkedFile, name) - later for name in ("failed_since", "not_there_since")}
    model.Session.execute(sa.update(LinkedFile).values(**back, due_at=now(), asked_at=None))
    (taken,) = linked.take(model.Session(), now(), 1)
    model.Session.commit()
    store(model.Session(), taken, fetched)
    outbox.drain()


def standing(app: CKANTestApp, page: str, **options: Any) -> str:
    found = BeautifulSoup(app.get(page, **options).body, "html.parser").select_one(".hk-table-standing")
    return " ".join(found.get_text(" ").split()) if found else ""


def test_the_page_of_a_link_says_where_its_file_lies_and_how_it_stands(app: CKANTestApp, page: str) -> None:
    user = factories.SysadminWithToken()
    headers = {"Authorization": user["token"]}
    assert standing(app, page) == ""
    assert "www.example.jp にあります。自動で取得して検査します" in standing(app, page, headers=headers)
    came(Fetched(Outcome.FRESH, 200, name="aed.csv", content=(HEADINGS + HALL).encode()))
    seen = standing(app, page)
    assert "www.example.jp にあります。" in seen
    assert "に取得して検査しました。" in seen
    assert ("報告" in seen, "アップロードしてください" in seen) == (True, False)
    assert "アップロードしてください" in standing(app, page, headers=headers)
    report = app.get(f"{page}/table-report").body
    assert ("に取得して検査しました。" in report, "key=1" in report) == (True, False)
    assert app.get(f"{page}/table-report.csv").status_code == 200
    table = app.get("/combined/08").body
    assert ("www.example.jp" in table, "key=1" in table) == (True, False)
    came(Fetched(Outcome.NOT_THERE, 404))
    assert "から取得できていません。ページがありません（404）。ここに示すのは" in standing(app, page)
    came(Fetched(Outcome.NOT_THERE, 404), later=timedelta(days=1))
    seen = standing(app, page)
    assert "www.example.jp にありましたが" in seen
    assert "新しいアドレスをデータセットに登録するか" in seen
    assert app.get(f"{page}/table-report.csv", status=None).status_code == 404
    assert "新しいアドレスをデータセットに登録するか" in app.get("/combined/08/left").body
    repair = app.get(f"{page}/table-repair", headers=headers, status=None)
    assert "このファイルはほかのサイトにあります" in repair.body
