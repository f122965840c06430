"""Lists of open data of every generation, one row a data set."""

from __future__ import annotations

import pytest

from ckanext.hokkaido_inventory.domain.open_data_list import NotAList, belonging_to, read_list
from ckanext.hokkaido_inventory.domain.theme_words import theme_of
from ckanext.hokkaido_inventory.workbook.scan_file import read_tables
from ckanext.hokkaido_schema.vocabularies import vocabulary

CURRENT = ["データセット_ID", "全国地方公共団体コード", "地方公共団体名", "データセット_タイトル", "データセット_概要"]
FILES = ["データセット_作成者", "ファイル_タイトル", "ファイル_形式"]
LEGACY = [
    "都道府県コード又は市区町村コード",
    "NO",
    "都道府県名",
    "市区町村名",
    "データ名称",
    "データ概要",
    "データ形式",
]


def _wide(*rows):
    return [[*CURRENT, *FILES], *rows]


def test_one_row_a_data_set_with_the_forms_of_all_its_files():
    found = read_list(
        _wide(
            ["D1", "010006", "北海道", "河川一覧", "説明", "河川課", "2025年", "CSV"],
            ["D1", "010006", "北海道", "河川一覧", "", "河川課", "2026年", "XLSX; csv"],
            ["D2", "010006", "北海道", "道路一覧", "", "道路課", "", "PDF"],
        )
    )
    assert [(one.title, one.formats) for one in found] == [("河川一覧", ["CSV", "XLSX", "csv"]), ("道路一覧", ["PDF"])]


@pytest.mark.parametrize(
    "rows",
    [
        [LEGACY, ["10006", "1", "北海道", "", "河川一覧", "説明", "CSV"]],
        [["一覧表"], [], [*LEGACY[:4], "データ名称 ", "データ概要", "データ形式"], ["10006", "1", "", "", "河川一覧"]],
        [
            ["#LINK"],
            ["#property", "code", "prefName", "cityName", "dataName", "format"],
            ["#object_type_xsd", "string", "string", "string", "string", "string"],
            ["1", "10006", "北海道", "", "河川一覧", "CSV"],
        ],
    ],
)
def test_every_generation_of_headings_is_read(rows):
    assert [one.title for one in read_list(rows)] == ["河川一覧"]


@pytest.mark.parametrize("rows", [[], [["名称", "住所"], ["a", "b"]], [["データ概要"], ["x"]]])
def test_another_table_is_refused(rows):
    with pytest.raises(NotAList):
        read_list(rows)


@pytest.mark.parametrize(
    ("title", "code", "expected"),
    [
        ("河川課", "", ["河川一覧"]),
        ("砂防課", "", []),
        ("美瑛町", "014591", ["丘の一覧"]),
        ("上富良野町", "014605", []),
    ],
)
def test_a_list_of_many_goes_to_each_unit_by_its_name_or_code(title, code, expected):
    """A prefecture's list names sections as creators; a municipality is known by its code, whatever became of it."""
    found = read_list(
        _wide(
            ["1", "10006", "北海道", "河川一覧", "", "建設部 河川課", "", "CSV"],
            ["2", "10006", "北海道", "道路一覧", "", "建設部 道路課", "", "CSV"],
            ["3", "1459", "美瑛町", "丘の一覧", "", "", "", "CSV"],
        )
    )
    assert [one.title for one in belonging_to(found, title=title, code=code)] == expected


def test_a_list_of_one_body_belongs_to_who_hands_it_in_unless_the_code_is_of_another():
    found = read_list([LEGACY, ["014591", "1", "北海道", "美瑛町", "丘の一覧", "", "CSV"]])
    assert len(belonging_to(found, title="美瑛町 総務課", code="")) == 1
    assert belonging_to(found, title="上富良野町", code="014605") == []


def test_themes_in_peoples_words_are_found():
    said = {
        "防災・安全": "safety",
        "教育・文化・スポーツ・生活": "education",
        "行財政": "government",
        "くらし": None,
        "": None,
    }
    assert {words: theme_of(words) for words in said} == said
    assert {theme_of(item.ja) for item in vocabulary("themes")} <= vocabulary("themes").codes


@pytest.mark.parametrize(
    ("name", "data_sets"),
    [
        ("和歌山県__300004_open_data_list.csv", 92),
        ("市川市__122033_106_open_data_list.csv", 30),
        ("石川県__170003_open_data_list.csv", 80),
        ("高松市__0099.csv", 90),
        ("高松市__0099.xlsx", 90),
        ("TEMPLATE__xxxxxx_open_data_list.csv", 0),
    ],
)
def test_real_lists_are_read(shared_dir, name, data_sets):
    path = shared_dir / "corpus" / "06_open_data_list" / name
    found = read_list(read_tables(path.read_bytes(), name).sheets[0])
    assert len(found) >= data_sets
    assert all(one.title for one in found)
    assert (len(found) == 0) == (data_sets == 0)
