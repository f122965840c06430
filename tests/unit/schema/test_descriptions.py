"""What catalogues write, in the terms of the schema: words, dates, addresses, and headings of every generation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ckanext.hokkaido_core.domain import text_table
from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_core.domain.list_columns import HEADINGS, NotAList, find_columns
from ckanext.hokkaido_schema.domain.from_ckan import Shape, read_dataset
from ckanext.hokkaido_schema.domain.from_list import read_list
from ckanext.hokkaido_schema.domain.mending import Mender
from ckanext.hokkaido_schema.domain.opendata_list import HEADINGS as OUR_HEADINGS
from ckanext.hokkaido_schema.domain.record import FORMULA, Record
from ckanext.hokkaido_schema.domain.words import frequency, licence
from ckanext.hokkaido_schema.known_words import codes
from ckanext.hokkaido_schema.shared import opendata_list_rows

SHAPE = Shape(
    frozenset({"title", "name", "notes", "url", "theme", "frequency", "issued", "contact", "remarks", "creator"}),
    frozenset({"url", "name", "description", "format", "size"}),
    frozenset({"theme"}),
    frozenset({"contact"}),
)


def one(**cells: str) -> Record:
    """Return the record of a list with one row."""
    return read_list([list(cells), list(cells.values())], codes)[0]


def ckan(**source: Any) -> Record:
    return read_dataset(1, source, SHAPE, codes)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("１ヶ月に１回", "MONTHLY"),
        ("1か月に1回", "MONTHLY"),
        ("3カ月ごと", "QUARTERLY"),
        ("1年に1回", "ANNUAL"),
        ("年2回", "ANNUAL_2"),
        ("5年に1回", "QUINQUENNIAL"),
        ("毎年6月ごろ", "ANNUAL"),
        ("随時（認証施設変更時）", "IRREG"),
        ("R/P1Y", "ANNUAL"),
        ("http://publications.europa.eu/resource/authority/frequency/WEEKLY", "WEEKLY"),
        ("QUARTERLY", "QUARTERLY"),
        ("気が向いたら", None),
        ("年１回", "ANNUAL"),
        ("年1回（6月）", "ANNUAL"),
        ("年2回（6月、12月）", "ANNUAL_2"),
        ("年1回程度", "ANNUAL"),
        ("毎年（6月ごろ）", "ANNUAL"),
        ("年次更新", "ANNUAL"),
        ("月次", "MONTHLY"),
        ("1ヶ月に1回", "MONTHLY"),
        ("１カ月に１回", "MONTHLY"),
        ("毎日更新", "DAILY"),
        ("５年に１回", "QUINQUENNIAL"),
        ("未定", "UNKNOWN"),
        ("必ず", None),
        ("春と秋", None),
        ("更新", None),
    ],
)
def test_a_frequency_in_ones_own_words_is_understood(words: str, code: str | None) -> None:
    assert frequency(words, codes) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("Creative　Commons　Attribution　4.0　International", "CC-BY-4.0"),
        ("CC-BY", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.ja", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by/2.1/jp/", "other"),
        ("CC BY-SA 4.0", "other"),
        ("CC BY-NC", "other"),
        ("CC0", "CC0-1.0"),
        ("政府標準利用規約（第 2.0 版）", "GOJ-2.0"),
        ("政府標準利用規約（第1.0版）", "other"),
        ("公共データ利用規約（第1.0版）", "PDL-1.0"),
        ("CCライセンス", "other"),
    ],
)
def test_a_licence_is_never_taken_for_a_freer_one(words: str, code: str) -> None:
    found = licence(words, codes)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2020-04-01/2021-03-31", {"start": "2020-04-01", "end": "2021-03-31"}),
        ("/2021-03-31", {"end": "2021-03-31"}),
        ("令和5年度", {"start": "2023-04-01", "end": "2024-03-31"}),
        ("2018/4/1～2019/3/31", {"start": "2018-04-01", "end": "2019-03-31"}),
        ("平成30年4月から令和元年5月", {"start": "2018-04-01", "end": "2019-05-31"}),
    ],
)
def test_a_period_is_read_however_it_is_written(words: str, period: dict[str, str]) -> None:
    record = Record(1)
    Mender(record, codes).periods("対象期間", words)
    assert record.dataset["temporal_coverage"] == [period]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.lg.jp/a.csv", "https://example.lg.jp/a.csv"),
        (" https://example.lg.jp/a\n.csv ", "https://example.lg.jp/a.csv"),
        ("https://example.lg.jp/a https://example.lg.jp/b", "https://example.lg.jp/a"),
        ("https://example.lg.jp/{z}/{x}/{y}.png", "https://example.lg.jp/{z}/{x}/{y}.png"),
        ("javascript:alert(1)", ""),
        ("C:\\data\\a.csv", ""),
        ("データ.csv", ""),
    ],
)
def test_an_address_is_mended_or_refused(text: str, address: str) -> None:
    assert Mender(Record(1), codes).address("URL", text)[0] == address


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("データセット_公開日", "2023/13/40", "date"),
        ("データセット_対象地域", "火星", "area"),
        ("データセット_言語", "クリンゴン語", "language"),
        ("データセット_連絡先メールアドレス", "課の代表", "email"),
        ("ファイル_サイズ", "大きい", "size"),
        ("ファイル_ステータス", "たぶん配信中", "status"),
        ("ファイル_アクセスURL", "ホームページ参照", "url"),
        ("データセット_キーワード", "水", "keyword"),
    ],
)
def test_what_cannot_be_taken_is_told_and_kept_in_the_remarks(field: str, text: str, code: str) -> None:
    record = one(**{"データセット_タイトル": "河川一覧", field: text})
    assert [note.code for note in record.refusals] == [code]
    assert record.dataset["remarks"] == f"{field}：{text}"


def test_every_heading_of_ours_is_known_in_any_order() -> None:
    columns = find_columns([list(reversed(OUR_HEADINGS))])
    assert len(columns.places) == len(OUR_HEADINGS)
    assert columns.others == {}


def test_a_column_of_nobodys_is_kept() -> None:
    record = one(データ名称="河川一覧", 所管部="建設部")
    assert record.dataset["remarks"] == "所管部：建設部"


def test_rows_of_one_dataset_become_its_files() -> None:
    rows = [["データセット_ID", "データセット_タイトル", "ファイル_アクセスURL"]]
    rows += [
        ["1", "河川", "https://a.jp/1.csv"],
        ["2", "道路", "https://a.jp/2.csv"],
        ["1", "河川", "https://a.jp/3.csv"],
    ]
    found = read_list(rows, codes)
    assert [(record.line, len(record.dataset["resources"])) for record in found] == [(2, 2), (3, 1)]


def test_format_and_licence_in_one_anothers_columns_are_put_right() -> None:
    record = one(データセット_タイトル="河川", ファイル_形式="CC BY 4.0", ファイル_ライセンス="csv")
    assert (record.dataset["license_id"], record.dataset["resources"][0]["format"]) == ("CC-BY-4.0", "csv")
    assert "swapped" in {note.code for note in record.repairs}


def test_a_row_without_title_is_refused() -> None:
    record = one(データセット_ID="1", データセット_タイトル="", データセット_概要="説明")
    assert record.refused
    assert [note.code for note in record.refusals] == ["no_title"]


def test_a_table_that_is_no_list_is_none() -> None:
    with pytest.raises(NotAList):
        find_columns([["名称", "所在地"], ["公園", "札幌市"]])


def test_a_neutralised_cell_is_read_as_it_was() -> None:
    assert one(データセット_タイトル="'=1+1").dataset["title"] == "=1+1"


@pytest.mark.parametrize("source", [None, 3, [], {}, {"title": " "}])
def test_what_is_no_description_is_refused(source: object) -> None:
    assert read_dataset(1, source, SHAPE, codes).refused


def test_extras_of_another_portal_go_where_they_belong_or_into_the_remarks() -> None:
    extras = [{"key": "更新頻度", "value": "毎月"}, {"key": "spatial_resolution", "value": "10 m"}]
    record = ckan(title="河川", extras=extras, groups=[{"title": "国土・気象"}], maintainer="河川課")
    assert record.dataset["frequency"] == "MONTHLY"
    assert record.dataset["remarks"] == "spatial_resolution：10 m"
    assert record.dataset["theme"] == ["environment", "region"]
    assert record.dataset["contact"] == [{"name": "河川課"}]


def test_a_list_of_ours_says_the_same_after_it_was_read() -> None:
    dataset = {
        "identifier": "A-1", "title": "=河川", "notes": "説明\n二行目", "tags": ["一覧", "河川"], "theme": ["safety"],
        "issued": "2026-04-01", "modified": "2026-05-01", "language": ["ja"], "frequency": "ANNUAL",
        "frequency_note": "毎年6月", "remarks": "備考です", "spatial_code": ["011002"], "license_id": "CC-BY-4.0",
        "temporal_coverage": [{"start": "2026-04-01", "end": "2027-03-31"}], "url": "https://example.lg.jp/kasen",
        "contact": [{"name": "河川課", "email": "kasen@example.lg.jp", "phone": "011-000-0000"}],
        "organization": {"code": "010006", "title": "北海道"}, "page": "https://example.lg.jp/kasen",
        "resources": [
            {"id": "f-1", "name": "一覧", "url": "https://example.lg.jp/1.csv", "format": "CSV", "size": 10,
             "status": "COMPLETED", "license": "CC0-1.0"},
            {"id": "f-2", "url": "https://example.lg.jp/2.csv", "description": "説明", "rights": "表示"},
        ],
    }  # fmt: skip
    rows = list(opendata_list_rows(dataset))
    record = read_list([OUR_HEADINGS, *rows], codes)[0]
    assert (record.repairs, record.refusals) == ([], [])
    tags = [tag["name"] for tag in record.dataset["tags"]]
    page = record.dataset["url"]
    again = {**record.dataset, "tags": tags, "organization": dataset["organization"], "page": page}
    assert list(opendata_list_rows(again)) == rows


def _rows(path: Path) -> list[list[object]]:
    decoded = text_table.decode(path.read_bytes())
    assert not isinstance(decoded, Fault)
    rows, faults = text_table.read_rows(decoded[0])
    assert faults == []
    return rows


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("TEMPLATE__xxxxxx_open_data_list.csv", 0),
        ("和歌山県__300004_open_data_list.csv", 92),
        ("市川市__122033_106_open_data_list.csv", 36),
        ("石川県__170003_open_data_list.csv", 115),
        ("高松市__0099.csv", 96),
    ],
)
def test_every_generation_of_the_real_lists_is_read_and_nothing_refused(
    shared_dir: Path, name: str, count: int
) -> None:
    records = read_list(_rows(shared_dir / "corpus" / "06_open_data_list" / name), codes)
    assert len(records) == count
    assert [note for record in records for note in record.refusals] == []
    assert all(record.dataset["title"] for record in records)


def test_the_real_descriptions_of_another_portal_are_read_with_every_repair_told(shared_dir: Path) -> None:
    path = shared_dir / "real" / "data_go_jp" / "packages.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    records = [read_dataset(number, json.loads(line), SHAPE, codes) for number, line in enumerate(lines, 1) if line]
    assert len(records) == 2283
    assert not any(record.refused or record.refusals for record in records)
    told = Counter(note.code for record in records for note in record.repairs)
    # A licence without its version in 1,895 of them, and 18 addresses with line ends or of several files.
    assert told["licence_version"] == 1895
    assert told["url"] + told["urls"] == 18


def test_headings_of_one_key_are_not_those_of_another() -> None:
    named = [name for names in HEADINGS.values() for name in names]
    assert len(named) == len(set(named))


def test_a_formula_in_a_list_is_refused_and_its_value_never_taken() -> None:
    heads = ["データセット_ID", "データセット_タイトル", "データセット_概要", FORMULA]
    rows = [heads, ["1", "河川", FORMULA, "欄外"], [FORMULA, "道路", "説明", FORMULA], [FORMULA, "公園", "説明", ""]]
    found = read_list(rows, codes)
    assert [record.dataset["title"] for record in found] == ["河川", "道路", "公園"]
    assert [[note.code for note in record.refusals] for record in found] == [["formula"], ["formula"] * 2, ["formula"]]
    assert "notes" not in found[0].dataset
    assert "\0" not in json.dumps([record.dataset for record in found]).replace("\\u0000", "\0")


@pytest.mark.parametrize("wrong", [5, "河川", {"name": "河川"}, [None, 3, {}]])
def test_what_stands_in_the_place_of_a_list_stops_nothing(wrong: object) -> None:
    record = ckan(title="河川", tags=wrong, resources=wrong, groups=wrong, extras=wrong, contact="[" * 100_000)
    assert record.dataset["title"] == "河川"
