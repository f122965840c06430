"""オープンデータ一覧: one row a file, 45 columns, only what is public."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.hokkaido_dcat.service import opendata_list

Make = Callable[..., dict[str, Any]]

PATH = "/catalog/opendata-list.csv"

pytestmark = pytest.mark.usefixtures("empty_feed")


def _read(app: CKANTestApp, path: str = PATH) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(app.get(path).data.decode("utf-8-sig"), newline="")))


def test_the_columns_are_those_of_the_standard(app: CKANTestApp, shared_dir: Path) -> None:
    standard = (shared_dir / "reference" / "ods_06_opendata_list_columns.csv").read_text(encoding="utf-8-sig")
    expected = [row["column"] for row in csv.DictReader(io.StringIO(standard))]
    heading = app.get(PATH).data.decode("utf-8-sig").split("\r\n")[0]
    assert heading.split(",") == expected
    assert len(expected) == 45


def test_a_dataset_with_every_field_fills_its_row(app: CKANTestApp, make_dataset: Make) -> None:
    dataset = make_dataset()
    (row,) = _read(app)
    expected = {
        "データセット_ID": "hinan-2026",
        "全国地方公共団体コード": "010006",
        "地方公共団体名": "北海道",
        "データセット_タイトル": "避難所一覧",
        "データセット_キーワード": "避難所;防災",
        "データセット_公開日": "2025-04-01",
        "データセット_最終更新日": "2026-04-01",
        "データセット_言語": "ja;en",
        "データセット_URL": f"http://test.ckan.net/dataset/{dataset['name']}",
        "データセット_更新頻度": "毎年",
        "データセット_対象地域": "北海道;石狩振興局;札幌市",
        "データセット_対象期間": "2025-04-01/2026-03-31",
        "データセット_連絡先名称": "危機対策課",
        "データセット_連絡先電話番号": "011-231-4111",
        "データセット_備考": "更新頻度の補足：毎年4月",
        "ファイル_タイトル": "避難所一覧（CSV）",
        "ファイル_アクセスURL": "https://example.lg.jp/hinan.csv",
        "ファイル_形式": "CSV",
        "ファイル_ライセンス": "CC0 1.0",
        "ファイル_ステータス": "配信中",
        "ファイル_サイズ": "12345",
        "ファイル_利用規約": "出典を示してください。",
        "ファイル_API対応有無": "無",
    }
    assert {name: row[name] for name in expected} == expected


def test_there_is_one_row_a_file_and_one_for_a_dataset_without(app: CKANTestApp, make_dataset: Make) -> None:
    files = [{"url": f"https://example.lg.jp/{number}.csv", "name": f"表{number}"} for number in range(2)]
    make_dataset(title="二つ", resources=files)
    make_dataset(title="まだない", resources=[])
    found = [(row["データセット_タイトル"], row["ファイル_タイトル"], row["ファイル_ライセンス"]) for row in _read(app)]
    assert found == [("二つ", "表0", "CC BY 4.0"), ("二つ", "表1", "CC BY 4.0"), ("まだない", "", "CC BY 4.0")]


def test_private_datasets_stay_out_and_withdrawn_ones_go_at_once(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset(title="秘密", private=True)
    dataset = make_dataset(title="公開")
    tag = app.get(PATH).headers["ETag"]
    assert [row["データセット_タイトル"] for row in _read(app)] == ["公開"]
    assert app.get(PATH, headers={"If-None-Match": tag}, status=304)
    call_action("package_delete", {"user": factories.Sysadmin()["name"]}, id=dataset["id"])
    assert app.get(PATH, headers={"If-None-Match": tag}, status=200)
    assert _read(app) == []


def test_no_cell_is_a_formula(app: CKANTestApp, make_dataset: Make) -> None:
    make_dataset(title="=HYPERLINK(1)", notes='a\nb,"c"')
    (row,) = _read(app)
    assert row["データセット_タイトル"] == "'=HYPERLINK(1)"
    assert row["データセット_概要"] == 'a\nb,"c"'


def test_one_organisation_can_be_asked_for(app: CKANTestApp, make_dataset: Make) -> None:
    city = factories.Organization(title="札幌市", kind="municipality", code="011002")
    make_dataset(title="道のデータ")
    make_dataset(title="市のデータ", owner_org=city["id"])
    found = _read(app, f"{PATH}?organization={city['name']}")
    assert [(row["全国地方公共団体コード"], row["データセット_タイトル"]) for row in found] == [
        ("011002", "市のデータ")
    ]
    assert app.get(f"{PATH}?organization=nobody", status=404)


def test_the_action_pages_through_the_same_rows(
    app: CKANTestApp, make_dataset: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opendata_list, "BATCH", 1)
    owner = factories.Organization()["id"]
    for number in range(3):
        make_dataset(owner_org=owner, title=f"データ{number}")
    rows, after = [], 0
    while after is not None:
        page = call_action("hokkaido_opendata_list", after=after)
        rows, after = rows + page["rows"], page["next"]
    assert rows == [list(row.values()) for row in _read(app)]
    assert len(rows) == 3


def test_the_file_has_a_japanese_name_and_a_byte_order_mark(app: CKANTestApp) -> None:
    response = app.get(PATH)
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E3%82%AA" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
