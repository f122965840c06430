"""The pages of the standard data sets as everybody, clerks and administrators meet them."""

from __future__ import annotations

import base64
import csv
import io
import json
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from openpyxl import Workbook, load_workbook

from ckanext.hokkaido_schema.shared import vocabulary

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins")

HEAD = ["No", "項目名", "区分", "説明", "形式", "記入例", "英語名", "共通語彙基盤", "物理名"]
ROWS = [
    [1, "全国地方公共団体コード", "◎", "6桁", "文字列", "011002", "code", "", "localgov_code"],
    [2, "名称", "◎", "設置場所", "文字列", "市役所", "name", "設備>名称>表記", "name"],
    [3, "小児対応設備の有無", "○", "有か無", "文字列", "有", "child", "", "child_equipment"],
]


def _book(*rows: list[Any]) -> bytes:
    book = Workbook()
    book.active.title = "08_AED設置箇所一覧"
    for row in (["データ項目定義書"], HEAD, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _page(app: CKANTestApp, url: str, **options: Any) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, **options).body, "html.parser")


@pytest.fixture
def admin() -> dict[str, str]:
    return {"Authorization": factories.APIToken(user=factories.Sysadmin(name="kanri")["name"])["token"]}


def _load(app: CKANTestApp, who: dict[str, str], content: bytes, **data: str) -> Any:
    sent = {"upload": (io.BytesIO(content), "定義書.xlsx"), **data}
    return app.post(
        "/standards/08/definition",
        headers=who,
        data=sent,
        content_type="multipart/form-data",
        follow_redirects=False,
        status=None,
    )


def test_the_list_says_of_every_set_how_far_it_is_known(app: CKANTestApp) -> None:
    rows = {row.td.text: row for row in _page(app, "/standards").select("tbody tr")}
    assert list(rows) == [item.code for item in vocabulary("standard_datasets")]
    assert "公式の定義" in rows["13"].text
    assert "判明" in rows["13"].text
    assert "公開ファイルから" in rows["08"].text
    assert "不明" in rows["22"].text
    assert rows["08"].th.a["href"].endswith("/standards/08")


def test_obligations_that_nobody_knows_are_called_unknown(app: CKANTestApp) -> None:
    known, unknown = (_page(app, f"/standards/{code}") for code in ("13", "08"))
    rows = known.select("section:has(#form-current) tbody tr")
    labels = [row.select("td")[1].text.strip() for row in rows]
    assert labels.count("必須") == 3
    assert "不明" not in labels
    badges = {one.text.strip() for one in unknown.select("section:has(#form-current) tbody .hk-badge")}
    assert badges == {"不明"}


def test_a_set_without_columns_offers_nothing_to_fill_in(app: CKANTestApp) -> None:
    page = _page(app, "/standards/22")
    assert "定義書を読み込むと" in page.text
    assert page.select("#standard-downloads") == []
    app.get("/standards/22/template.xlsx", status=404)
    app.get("/standards/22/schema.json", status=404)


def test_a_clerk_gets_a_table_with_code_and_name(app: CKANTestApp) -> None:
    answer = app.get("/standards/08/template.xlsx?municipality=011002")
    assert answer.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert (sheet["A2"].value, sheet["C2"].value) == ("011002", "札幌市")
    headings, row = csv.reader(
        io.StringIO(app.get("/standards/08/template.csv?municipality=010006").data.decode("utf-8-sig"))
    )
    assert dict(zip(headings, row, strict=True))["地方公共団体名"] == "北海道"
    older = app.get("/standards/08/template.csv?form=legacy").data.decode("utf-8-sig")
    assert older.startswith("都道府県コード又は市区町村コード,NO")


def test_a_program_gets_the_table_as_base64(app: CKANTestApp) -> None:
    answer = app.get("/api/3/action/hokkaido_standard_template_show?id=08&format=csv&municipality=011002")
    told = json.loads(answer.data)["result"]
    assert told["filename"] == "011002_08_AED設置箇所一覧.csv"
    assert "札幌市" in base64.b64decode(told["content"]).decode("utf-8-sig")


@pytest.mark.parametrize("query", ["municipality=1", "municipality=131016", "form=nonsense"])
def test_what_does_not_exist_is_told_on_the_page(app: CKANTestApp, query: str) -> None:
    answer = app.get(f"/standards/08/template.csv?{query}", status=400)
    assert BeautifulSoup(answer.body, "html.parser").select(".alert-danger li")


@pytest.mark.parametrize("path", ["99", "99/schema.json", "99/template.csv", "08/template.csv?form=metadata"])
def test_what_is_not_there_is_not_found(app: CKANTestApp, path: str) -> None:
    app.get(f"/standards/{path}", status=404)


def test_the_schema_is_open_to_every_site(app: CKANTestApp) -> None:
    answer = app.get("/standards/08/schema.json?form=legacy")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.data)["hokkaido:form"] == "legacy"
    english = json.loads(app.get("/en/standards/13/schema.json").data)
    assert english["title"] == "Public toilets"


def test_a_dataset_leads_to_its_standard(app: CKANTestApp) -> None:
    unit = factories.Organization(name="doro", title="道路課")
    made = {"owner_org": unit["id"], "name": "aed", "title": "AED", "notes": "説明", "license_id": "CC-BY-4.0"}
    factories.Dataset(**made, standard="08")
    assert _page(app, "/dataset/aed").select_one("a[href$='/standards/08']").text == "AED設置箇所一覧"


def test_only_an_administrator_is_offered_to_load(app: CKANTestApp, admin: dict[str, str]) -> None:
    assert _page(app, "/standards/08").select("#standard-load") == []
    assert _page(app, "/standards/08", headers=admin).select("#standard-load")
    citizen = {"Authorization": factories.APIToken(user=factories.User()["name"])["token"]}
    assert _load(app, citizen, _book(*ROWS)).status_code == 403


def test_a_loaded_workbook_takes_the_place_of_what_is_shipped_and_gives_it_back(
    app: CKANTestApp, admin: dict[str, str]
) -> None:
    assert _load(app, admin, _book(*ROWS), source="定義書A 3.09").status_code == 302
    page = _page(app, "/standards/08")
    assert "公式の定義（読み込み）" in page.text
    assert "定義書A 3.09" in page.text
    # Who loaded it is nobody's business but the administrators'.
    assert "kanri" not in page.text
    assert "kanri" in _page(app, "/standards/08", headers=admin).select_one(".hk-standards").text
    headings = app.get("/standards/08/template.csv").data.decode("utf-8-sig").strip()
    assert headings == "全国地方公共団体コード,名称,小児対応設備の有無"
    fields = json.loads(app.get("/standards/08/schema.json").data)["fields"]
    assert [one["name"] for one in fields if one.get("constraints", {}).get("required")] == headings.split(",")[:2]
    app.post("/standards/08/definition/undo", headers=admin)
    assert "公式の定義（読み込み）" not in _page(app, "/standards/08").text
    assert app.get("/standards/08/template.csv").data.decode("utf-8-sig").count(",") == 38


def test_every_wrong_cell_is_named_and_nothing_is_stored(app: CKANTestApp, admin: dict[str, str]) -> None:
    wrong = [[1, "名称", "△"], [2, "", "◎"], [3, "緯度", ""], [4, "緯 度", ""]]
    answer = _load(app, admin, _book(*wrong), source="見たままの出典")
    page = BeautifulSoup(answer.body, "html.parser")
    assert answer.status_code == 400
    told = [one.text for one in page.select(".alert-danger li")]
    assert [one.split("：")[0] for one in told] == [f"08_AED設置箇所一覧!{cell}" for cell in ("C3", "B4", "B6")]
    assert page.select_one("#definition-source")["value"] == "見たままの出典"
    with app.flask_app.test_request_context():
        assert tk.get_action("hokkaido_standard_show")({}, {"id": "08"})["loading"] is None


def test_a_file_that_is_no_workbook_says_what_to_do(app: CKANTestApp, admin: dict[str, str]) -> None:
    for content in (b"", b"a,b\n1,2\n", b"PK\x03\x04"):
        answer = _load(app, admin, content)
        assert answer.status_code == 400
        assert BeautifulSoup(answer.body, "html.parser").select(".alert-danger li")
