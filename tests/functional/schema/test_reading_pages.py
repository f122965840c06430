"""The page of a file: its beginning, its places, other encodings, how to use it; editions and versions of a dataset."""

from __future__ import annotations

import io
import json
from typing import Any

import ckan.plugins.toolkit as tk
import openpyxl
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from werkzeug.datastructures import FileStorage

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

TABLE = "コード,名称,緯度,経度\r\n01,髙台公園①,43.06,141.35\r\n02,<b>海岸</b>,43.07,141.36\r\n"
COLUMNS = json.dumps([{"name": "コード", "description": "施設の番号です。", "type": "文字"}], ensure_ascii=False)


@pytest.fixture
def dataset() -> dict[str, Any]:
    unit = factories.Organization(name="kikaku-ka", title="企画課")
    return factories.Dataset(
        owner_org=unit["id"], license_id="CC-BY-4.0", name="parks", title="公園一覧", modified="2026-04-01"
    )


def _resource(dataset: dict[str, Any], name: str, content: bytes, **fields: Any) -> dict[str, Any]:
    site = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    file = FileStorage(io.BytesIO(content), filename=name)
    return call_action("resource_create", site, package_id=dataset["id"], name="公園", upload=file, **fields)


def _page(app: CKANTestApp, dataset: dict[str, Any], resource: dict[str, Any], rest: str = "") -> BeautifulSoup:
    address = f"/dataset/{dataset['name']}/resource/{resource['id']}{rest}"
    return BeautifulSoup(app.get(address, status=None).body, "html.parser")


def _words(page: BeautifulSoup, selector: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in page.select(selector)]


def test_the_page_of_a_table_shows_its_rows_its_places_and_its_use(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    resource = _resource(dataset, "parks.csv", TABLE.encode("cp932"), columns=COLUMNS)
    page = _page(app, dataset, resource)
    assert _words(page, ".hk-grid thead th[scope=col]")[1:] == ["コード", "名称", "緯度", "経度"]
    assert _words(page, "#row-1 td") == ["01", "髙台公園①", "43.06", "141.35"]
    assert _words(page, "#row-2 td")[1] == "<b>海岸</b>"
    assert _words(page, ".hk-places a") == ["髙台公園①", "<b>海岸</b>"]
    assert [link["href"] for link in page.select(".hk-places a")] == [
        f"#{one['id']}" for one in page.select(".hk-points circle")
    ]
    assert 'encoding="cp932"' in page.select_one("#use-python").get_text()
    assert resource["url"] in page.select_one("#use-r").get_text()
    assert page.select_one("#cite-ja").get_text().startswith("企画課「公園一覧」「公園」、2026年、CC BY 4.0、http")
    assert "商用を含めて自由に" in page.select_one(".hk-licence").get_text()
    assert "施設の番号です。" in page.get_text()
    foreign = [one.get("src") or one.get("href") for one in page.select("script[src], link[rel=stylesheet], img[src]")]
    assert [address for address in foreign if address.startswith("http") and "test.ckan.net" not in address] == []


def test_lines_and_areas_are_drawn_and_what_is_wrong_is_counted(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    ring = [[141.0, 43.0], [141.2, 43.0], [141.2, 43.2], [141.0, 43.0]]
    geometries = [
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "LineString", "coordinates": ring[:3]},
        {"type": "Point", "coordinates": ring[0]},
        {"type": "Polygon", "coordinates": ring},
        None,
    ]
    features = [
        {"type": "Feature", "geometry": one, "properties": {"name": f"<i>{number}</i>"}}
        for number, one in enumerate(geometries)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    page = _page(app, dataset, _resource(dataset, "parks.geojson", content, format="GeoJSON"))
    assert _words(page, ".hk-places a") == ["<i>0</i>", "<i>1</i>", "<i>2</i>"]
    assert all(page.select_one(link["href"]) for link in page.select(".hk-places a"))
    assert [len(page.select(f".hk-points svg .{name}")) for name in ("hk-points-area", "hk-points-way")] == [1, 1]
    section = page.select_one("#map-title").find_parent("section").get_text(" ", strip=True)
    assert all(words in section for words in ("3か所", "座標のないもの1件", "座標を読めないもの1件", "面", "線"))


def test_a_file_without_any_place_that_can_be_drawn_says_so(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    content = json.dumps({"type": "LineString", "coordinates": [[141, 43], "x"]}).encode()
    page = _page(app, dataset, _resource(dataset, "parks.geojson", content, format="GeoJSON"))
    assert page.select_one(".hk-points") is None
    assert "座標を読めないもの1件" in page.get_text()


def test_a_map_too_long_for_a_page_is_said_to_be_so(
    app: CKANTestApp, dataset: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_schema.preview_megabytes", 1)
    content = b'{"type": "FeatureCollection", "note": "' + b"x" * (1 << 20) + b'", "features": []}'
    page = _page(app, dataset, _resource(dataset, "parks.geojson", content, format="GeoJSON"))
    assert "地図に描けません" in page.select_one(".hk-note").get_text()


def test_a_worksheet_is_chosen_on_the_page_and_downloaded_as_csv(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    book = openpyxl.Workbook()
    book.active.title = "一"
    book.active.append(["甲"])
    book.create_sheet("二").append(["乙", "𠮷"])
    stream = io.BytesIO()
    book.save(stream)
    # The name says otherwise, which the page tells.
    resource = _resource(dataset, "parks.csv", stream.getvalue())
    page = _page(app, dataset, resource, "?sheet=二")
    assert _words(page, "#field-sheet option[selected]") == ["二"]
    assert _words(page, ".hk-grid thead th[scope=col]")[1:] == ["乙", "𠮷"]
    assert ".csv ですが" in page.select_one(".hk-note").get_text()
    address = f"/dataset/parks/resource/{resource['id']}/converted?encoding=utf-8&sheet=二"
    assert app.get(address).data == "\ufeff乙,𠮷\r\n".encode()


def test_what_does_not_fit_is_said_before_the_download(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    resource = _resource(dataset, "parks.csv", "名称,備考\r\n𠮷野公園,=1+1\r\n".encode())
    page = _page(app, dataset, resource, "/convert?encoding=cp932")
    assert _words(page, "tbody th, tbody td") == ["𠮷", "U+20BB7", "〓", "1", "2行1列 (名称)"]
    links = [link["href"] for link in page.select(".hk-page a")]
    (report,) = (link for link in links if "convert.txt" in link)
    (download,) = (link for link in links if "/converted" in link)
    assert "𠮷\tU+20BB7\t〓\t1\t2行1列" in app.get(report).data.decode("utf-8-sig")
    sent = app.get(download)
    assert sent.data == "名称,備考\r\n〓野公園,=1+1\r\n".encode("cp932")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["Content-Type"] == "text/csv; charset=windows-31j"
    assert "sandbox" in sent.headers["Content-Security-Policy"]


def test_what_cannot_be_shown_or_converted_says_why(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    picture = _resource(dataset, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert "変換できません" in _page(app, dataset, picture, "/convert").get_text()
    broken = _resource(dataset, "a.xlsx", b"PK\x03\x04 cut off")
    assert "この種類のファイル" in _page(app, dataset, broken).get_text()
    text = _resource(dataset, "a.csv", TABLE.encode())
    assert "utf-8 か cp932" in _page(app, dataset, text, "/convert?encoding=utf-7").get_text()
    assert app.get(f"/dataset/parks/resource/{text['id']}/converted?encoding=x", status=None).status_code == 409
    assert app.get("/dataset/parks/resource/nothing/convert", status=None).status_code == 404


def test_a_link_is_never_fetched(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    link = factories.Resource(package_id=dataset["id"], url="http://127.0.0.1:9/a.csv", format="CSV", url_type="")
    page = _page(app, dataset, link)
    assert page.select_one(".hk-grid") is None
    assert 'pd.read_csv(\n    "http://127.0.0.1:9/a.csv"' in page.select_one("#use-python").get_text()


def test_only_the_head_of_a_long_file_is_read(
    app: CKANTestApp, dataset: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.hokkaido_schema.preview_megabytes", 1)
    rows = b"0123456789,x\n" * 200_000
    resource = _resource(dataset, "a.csv", b"a,b\n" + rows)
    shown = call_action("hokkaido_resource_preview", id=resource["id"])
    assert not shown["complete"]
    assert len(shown["table"]["rows"]) == 100
    assert shown["table"]["total"] < 100_000
    sent = app.get(f"/dataset/parks/resource/{resource['id']}/converted?encoding=cp932")
    assert sent.data == b"a,b\n" + rows


def test_what_others_may_not_see_is_not_there(app: CKANTestApp, dataset: dict[str, Any]) -> None:
    resource = _resource(dataset, "parks.csv", TABLE.encode())
    site = {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    call_action("package_patch", site, id=dataset["id"], private=True)
    base = f"/dataset/parks/resource/{resource['id']}"
    for address in (base, f"{base}/convert", f"{base}/convert.txt", f"{base}/converted", "/dataset/parks/differences"):
        response = app.get(address, status=None, follow_redirects=False)
        assert response.status_code in {302, 403, 404}
        assert "髙台公園" not in response.body


def test_editions_lead_to_one_another_and_show_what_differs(app: CKANTestApp) -> None:
    unit = factories.Organization(title="企画課")
    factories.Dataset(type="dataset_series", owner_org=unit["id"], name="parks-series", title="公園", notes="毎年")
    made = {}
    for year, rows in ((2024, "1,桜,10\n2,梅,20\n"), (2025, "1,桜,15\n3,松,30\n"), (2026, "1,桜,15\n3,松,30\n")):
        made[year] = factories.Dataset(
            owner_org=unit["id"],
            name=f"parks-{year}",
            title=f"公園（{year}年度）",
            notes="公園です。",
            license_id="CC-BY-4.0",
            in_series="parks-series",
            previous_version="parks-2024" if year == 2025 else "",
            temporal_coverage=[{"start": f"{year}-04-01", "end": f"{year + 1}-03-31"}],
        )
        _resource(made[year], "parks.csv", f"コード,名称,広さ\n{rows}".encode())
    page = BeautifulSoup(app.get("/dataset/parks-2025").body, "html.parser")
    assert [link["href"] for link in page.select(".hk-editions a")] == ["/dataset/parks-2024", "/dataset/parks-2026"]
    old = BeautifulSoup(app.get("/dataset/parks-2024").body, "html.parser")
    assert "公園（2025年度）" in old.select_one(".hk-note").get_text()
    differences = BeautifulSoup(app.get("/dataset/parks-2025/differences?with=parks-2024").body, "html.parser")
    assert _words(differences, ".hk-tile strong") == ["1", "1", "1", "0"]
    assert _words(differences, ".hk-diff del")[-1] == "10"
    assert _words(differences, ".hk-diff ins")[-1] == "15"
    assert "タイトル" in _words(differences, ".hk-diff th[scope=row]")


def test_datasets_of_a_series_without_periods_are_listed_and_in_no_order(app: CKANTestApp) -> None:
    unit = factories.Organization(title="企画課")
    factories.Dataset(type="dataset_series", owner_org=unit["id"], name="lists", title="管内の一覧", notes="管内ごと")
    for name in ("north", "south"):
        factories.Dataset(
            owner_org=unit["id"], name=name, title=name, notes="一覧", license_id="CC-BY-4.0", in_series="lists"
        )
    page = BeautifulSoup(app.get("/dataset/north").body, "html.parser")
    assert page.select_one("#editions-title").get_text() == "同じシリーズのデータセット"
    assert page.select(".hk-editions a") == []
