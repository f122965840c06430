"""A definition workbook in the official layout takes the place of what is shipped, or says which cell is wrong."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from ckanext.hokkaido_core.domain.file_faults import Fault
from ckanext.hokkaido_standards.definitions import concepts, standards
from ckanext.hokkaido_standards.domain.definition import Form, Loading, Obligation, Proof
from ckanext.hokkaido_standards.domain.definition_sheet import Defined, read_sheet
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.domain.redefining import agreement, redefined
from ckanext.hokkaido_standards.workbook.definition import chosen_sheet, sheets

HEAD = ["No", "項目名", "区分", "説明", "形式", "記入例", "英語名", "共通語彙基盤", "", "GIF", "区分", "物理名"]
SUB = ["", "", "", "", "", "", "", "パス", "型", "モデル", "", ""]
TITLE = [["データ項目定義書"], ["08 AED設置箇所一覧"], []]
ROWS = [
    [1, "全国地方公共団体コード", "◎", "6桁", "文字列", "011002", "code", "", "", "", "○", "localgov_code"],
    [2, "名称", "◎", "設置場所の名称", "文字列", "市役所", "name", "設備>名称>表記", "名称型", "", "◎", "name"],
    [3, "緯度", "〇", "世界測地系", "数値", "43.06", "latitude", "", "", "", "", "latitude"],
    [4, "小児対応設備の有無", "○", "有または無", "文字列", "有", "child", "", "", "", "", "child_equipment"],
    [5, "点検年月日", "", "最後の点検", "日付", "2026-04-01", "inspected on", "", "", "", "", "inspected_on"],
]  # fmt: skip
SHEET = [*TITLE, HEAD, SUB, *ROWS, [], ["", "※この表は例です"]]
LOADING = Loading("定義書.xlsx", "08", "データ項目定義書", "2026-11-26T00:00:00+00:00", "admin")


def texts(rows: list[list[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def book(**told: list[list[object]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in told.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if "08" in told:
        made["08"].merge_cells("A1:L1")
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_the_official_layout_is_read_by_its_headings() -> None:
    read = read_sheet(texts(SHEET))
    assert read.problems == ()
    assert [one.heading for one in read.columns] == [row[1] for row in ROWS]
    assert [one.obligation for one in read.columns] == [
        Obligation.MANDATORY, Obligation.MANDATORY, Obligation.RECOMMENDED, Obligation.RECOMMENDED, Obligation.OPTIONAL
    ]  # fmt: skip
    assert read.columns[1].imi == "設備>名称>表記"
    assert read.columns[1].row == 7
    assert read.left_out == ("B12",)


def test_columns_may_stand_in_another_order_and_some_may_be_missing() -> None:
    read = read_sheet([["物理名", "説明", "項目名"], ["name", "なまえ", "名称"]])
    assert read.columns == (Defined("名称", 2, Obligation.UNKNOWN, description="なまえ", physical="name"),)


def changed(row: int, place: int, value: object) -> list[list[str]]:
    rows = [list(one) for one in SHEET]
    rows[row][place] = value
    return texts(rows)


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([["名称", "緯度"], ["a", "1"]], "no_headings", ""),
        ([], "no_headings", ""),
        (texts([*TITLE, HEAD, SUB]), "no_columns", "B4"),
        (changed(6, 2, "△"), "unknown_mark", "C7"),
        (changed(6, 1, ""), "no_heading", "B7"),
        (changed(7, 1, "名 称"), "twice", "B8"),
        (changed(7, 3, "長" * 5000), "too_long", "D8"),
    ],
)
def test_a_bad_sheet_names_the_cell(rows: list[list[str]], code: str, cell: str) -> None:
    assert [(one.code, one.cell) for one in read_sheet(rows).problems] == [(code, cell)]


def test_every_problem_is_told_at_once() -> None:
    rows = changed(6, 2, "△")
    rows[7][2] = "?"
    rows[8][1] = ""
    assert [one.code for one in read_sheet(rows).problems] == ["unknown_mark", "unknown_mark", "no_heading"]


def test_a_loaded_form_takes_the_place_of_the_shipped_one() -> None:
    shipped = standards()["08"]
    read = read_sheet(texts(SHEET))
    found = redefined(shipped, read.columns, concepts(), LOADING)
    assert found.proofs[Form.CURRENT] == Proof.LOADED
    assert found.obligations
    assert found.forms[Form.LEGACY] == shipped.forms[Form.LEGACY]
    by_key = {column.concept.key: column for column in found.forms[Form.CURRENT]}
    # What is known keeps its meaning; what is new gets a name of its own.
    assert list(by_key) == ["localgov_code", "name", "latitude", "child_equipment", "inspected_on"]
    assert by_key["localgov_code"].concept.type == "municipality_code"
    assert by_key["latitude"].concept.type == "latitude"
    assert by_key["child_equipment"].concept.type == "presence"
    assert by_key["inspected_on"].concept.type == "date"
    assert by_key["name"].description == "設置場所の名称"
    assert by_key["name"].concept.imi == "設備>名称>表記"
    assert by_key["name"].concept.example == "市役所"
    # Other ways of writing what is known still find it.
    recognizer = Recognizer([*(one for one in standards().values() if one.code != "08"), found])
    match = recognizer.recognize(["施設名", "緯度", "小児対応設備の有無", "inspected_on"], "AED")
    assert {column.concept.key for column in match.columns.values()} == {
        "name", "latitude", "child_equipment", "inspected_on"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "written", "kind"),
    [
        ("定員", "文字列", "text"),
        ("定員", "整数", "integer"),
        ("新しい欄", "数値", "number"),
        ("新しい欄", "時刻", "time"),
        ("新しい欄", "URL", "url"),
        ("新しい欄", "", "text"),
        ("電話番号", "文字列", "phone"),
    ],
)
def test_the_form_of_a_value_follows_the_sheet(heading: str, written: str, kind: str) -> None:
    found = redefined(standards()["22"], [Defined(heading, 2, format=written)], concepts(), LOADING)
    assert found.forms[Form.CURRENT][0].concept.type == kind


def test_a_list_of_values_is_closed() -> None:
    read = read_sheet([["項目名", "区分", "形式", "選択肢"], ["種別", "◎", "文字列", "消火栓\n防火水槽；その他"]])
    (column,) = redefined(standards()["14"], read.columns, concepts(), LOADING).forms[Form.CURRENT]
    assert (column.concept.values, column.closed) == (("消火栓", "防火水槽", "その他"), True)


def test_two_new_columns_with_one_physical_name_stay_two() -> None:
    twins = [Defined("甲", 2, physical="same"), Defined("乙", 3, physical="same")]
    found = redefined(standards()["22"], twins, concepts(), LOADING)
    assert len({column.concept.key for column in found.forms[Form.CURRENT]}) == 2


def test_the_definition_of_another_set_is_noticed() -> None:
    columns = read_sheet(texts(SHEET)).columns
    assert agreement(standards()["08"], columns) > 0.7
    assert agreement(standards()["04"], columns) < 0.5
    assert agreement(standards()["22"], columns) == 1


def test_what_is_stored_is_what_was_read() -> None:
    for one in read_sheet(texts(SHEET)).columns:
        assert Defined.of(one.stored()) == one


def test_the_sheet_of_a_set_is_found_in_a_book_of_many() -> None:
    found = sheets(book(表紙=[["定義書"]], **{"08": SHEET, "07_公衆無線LAN": SHEET}))
    assert not isinstance(found, Fault)
    assert chosen_sheet(found, standards()["08"]) == "08"
    assert chosen_sheet(found, standards()["07"]) == "07_公衆無線LAN"
    # None is named after it, and two define something.
    assert chosen_sheet(found, standards()["13"]) is None
    assert chosen_sheet(found, standards()["13"], "08") == "08"
    assert chosen_sheet(found, standards()["13"], "no") is None
    assert read_sheet(found["08"]).problems == ()
    assert read_sheet(found["08"]).columns[0].row == 6


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b"a,b\n1,2\n", "csv_file"), (b"PK\x03\x04broken", "damaged_file")]
)
def test_what_is_no_workbook_says_so(content: bytes, code: str) -> None:
    fault = sheets(content)
    assert isinstance(fault, Fault)
    assert fault.code == code
