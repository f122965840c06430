"""Any list of an office: encodings, tables below titles, headings, mapping, rows left out, values understood."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ckanext.hokkaido_inventory.domain.heading_words import HEADING_WORDS
from ckanext.hokkaido_inventory.domain.questions import question
from ckanext.hokkaido_inventory.workbook.read_own import Choices
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.table import heading_text
from ckanext.hokkaido_inventory.workbook.understanding import UNKNOWN, Understanding

LIST = "データ名,概要\n髙橋台帳①㈱,～の一覧－\n"


def book(*sheets: tuple[str, list[list[object]]], merge: str = "", hide: str = "") -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merge and name == sheets[0][0]:
            for area in merge.split():
                sheet.merge_cells(area)
        if name == hide:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def csv(text: str, **choices: object) -> object:
    return read(text.encode(), choices=Choices(**choices))


def fields(result: object) -> dict[str, str]:
    return {one.heading.letter: one.field for one in result.found.proposals if one.field}


def codes(result: object) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le"])
def test_every_usual_encoding_is_read_to_the_letter(encoding: str) -> None:
    """UP-14."""
    (row,) = read(LIST.encode(encoding)).rows
    assert (row.values["title"], row.values["description"]) == ("髙橋台帳①㈱", "～の一覧－")


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_the_older_encodings_are_told_from_cp932(encoding: str) -> None:
    """UP-14."""
    (row,) = read("データ名,概要\n公共施設台帳,施設の一覧と所在地\n".encode(encoding)).rows
    assert row.values["title"] == "公共施設台帳"


def test_a_byte_of_no_encoding_is_told_with_its_line() -> None:
    """UP-14."""
    (finding,) = read("データ名\n台帳\n".encode() + b"\xff\x80\x81\n").findings
    assert (finding.code, finding.row) == ("undecodable", 3)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, end: str) -> None:
    """UP-16."""
    text = end.join(delimiter.join(row) for row in (["データ名", "概要"], ["台帳", "内容"], ["一覧"])) + end
    result = csv(text)
    assert [row.values["title"] for row in result.rows] == ["台帳", "一覧"]


def test_a_quotation_mark_that_never_closes_is_told() -> None:
    """UP-16: neither one enormous cell nor a traceback."""
    lines = "\n".join(f"台帳{number},内容" for number in range(50))
    assert codes(csv(f'データ名,概要\n台帳,"内容\n{lines}\n')) == ["unclosed_quote"]
    assert codes(csv('データ名,概要\n台帳,"' + "x" * 200_000)) == ["unclosed_quote"]


def test_nul_and_control_characters_never_arrive() -> None:
    """UP-15."""
    result = csv("データ名,概要\n台\x00帳\u202e,内\x0b容\n" + "行,行\n" * 50)
    assert (result.rows[0].values["title"], result.rows[0].values["description"]) == ("台帳", "内容")
    assert codes(result) == ["hidden_removed", "hidden_removed"]


def test_a_web_page_and_a_workbook_under_a_false_name_are_told_by_content() -> None:
    """UP-12."""
    assert codes(read(b"<!DOCTYPE html><html><body>login</body></html>")) == ["html_file"]
    assert read(book(("一覧", [["データ名"], ["台帳"]]))).rows[0].values["title"] == "台帳"


def test_the_table_is_found_below_title_notes_and_merged_groups() -> None:
    rows = [
        ["令和8年度 保有データ一覧", None, None, None],
        ["（令和8年4月1日現在）", None, None, None],
        [None],
        ["番号", "台　帳\n名　称", "データ", None],
        [None, None, "形　式", "更新頻度"],
        [1, "河川台帳", "エクセル", "年1回"],
        [2, "許可台帳", "紙", "随時"],
        ["計", 2, None, None],
        ["※ 令和7年度から変更", None, None, None],
    ]
    content = book(("一覧", rows), merge="A1:D1 A4:A5 B4:B5 C4:D4")
    result = read(content)
    assert result.found.header_rows == (4, 5)
    assert fields(result) == {"B": "title", "C": "format", "D": "update_frequency"}
    assert [one.heading.text for one in result.found.proposals][2] == "データ／形式"
    assert [row.values["title"] for row in result.rows] == ["河川台帳", "許可台帳"]
    assert codes(result) == ["total_skipped", "note_skipped"]


def test_sheets_of_examples_are_never_read_and_hidden_ones_are_told() -> None:
    """UP-09."""
    rows = [["データ名", "概要"], ["台帳", "内容"]]
    many = [["データ名", "概要"], *[["例の台帳", "x"]] * 30]
    content = book(("一覧", rows), ("一覧_作成例", many), ("控え", many), ("マスタ", many), hide="控え")
    result = read(content)
    assert result.found.sheet == "一覧"
    assert codes(result) == ["sheet_not_read", "sheet_of_examples", "sheet_hidden_not_read"]
    assert read(content, choices=Choices(sheet="一覧_作成例")).rows == []


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    """UP-09."""
    made = Workbook()
    for line in (["データ名", "概要", "棚"], *([f"台帳{number}", "内容", "1"] for number in range(5))):
        made.active.append(line)
    for row in (3, 4, 6, 9):
        made.active.row_dimensions[row].hidden = True
    for column in "BC":
        made.active.column_dimensions[column].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    result = read(stream.getvalue())
    assert len(result.rows) == 5
    assert [(one.code, one.row, one.column, one.params["hidden"]) for one in result.findings] == [
        ("rows_hidden", None, None, "3-4、6"),
        ("columns_hidden", None, "B", "B"),
    ]


def test_a_list_with_the_words_of_the_template_is_still_a_list() -> None:
    heads = ["番号", "データ名", "説明", "データ形式", "更新頻度", "備考", "分野", "根拠の法令・条項", "棚"]
    result = read(book(("一覧", [heads, [1, "台帳", "内容", "紙", "毎年", "", "", "", "3"]])))
    assert (result.kind, result.rows[0].values["title"], result.findings) == ("own", "台帳", [])


def test_formulas_and_errors_stop_a_file_only_in_columns_that_are_taken() -> None:
    """UP-06."""
    content = book(("一覧", [["No", "データ名", "概要"], ["=ROW()-1", "台帳", "内容"], [2, "=1+1", "内容"]]))
    found = read(content).findings
    assert [(one.code, one.row, one.column) for one in found] == [("formula", 3, "B")]


def test_a_person_overrules_the_proposal_and_a_kept_mapping_is_sure() -> None:
    text = "名前のようなもの,資料の中身,備考\n台帳,河川の一覧と延長,x\n"
    first = csv(text)
    changed = csv(text, mapping={"資料の中身": "description", "C": None})
    assert fields(changed) == {"A": "title", "B": "description"}
    kept = {first.found.signature: {"名前のようなもの": "description", "資料の中身": "title", "備考": None}}
    again = csv(text, kept=kept)
    assert fields(again) == {"A": "description", "B": "title"}
    assert {one.confidence for one in again.found.proposals} == {1.0}


def test_two_columns_for_one_question_and_none_for_the_name_are_errors() -> None:
    text = "データ名,概要\n台帳,内容\n"
    assert codes(csv(text, mapping={"B": "title"})) == []
    assert "field_twice" in codes(csv(text, mapping={"A": "title", "B": "title"}))
    assert codes(csv(text, mapping={"A": None})) == ["title_unmapped"]


def test_what_is_no_answer_is_kept_in_the_remarks() -> None:
    result = csv(
        "データ名,個人情報の有無,公開状況,件数\n台帳,○,たぶん,約1200件\n一覧,無（匿名）,公開中,多い\n表,有,未公開,3\n"
    )
    assert result.rows[0].values["personal_information"] == "yes"
    assert result.rows[1].values["personal_information"] == "no"
    assert (result.rows[0].values["record_count"], result.rows[1].values["publication_status"]) == (1200, "published")
    assert codes(result) == ["not_understood", "not_understood"]
    row = result.rows[0]
    assert row.said_over({})["remarks"] == "公開状況：たぶん"
    once = row.said_over({"remarks": "課長に確認済み"})["remarks"]
    assert once == "課長に確認済み\n公開状況：たぶん"
    assert row.said_over({"remarks": once})["remarks"] == once
    assert "remarks" not in csv("データ名\n台帳\n").rows[0].said_over({"remarks": "x"})


def test_words_never_push_remarks_out_and_are_added_once_however_long() -> None:
    """CC-04."""
    row = csv("データ名,公開状況\n台帳,たぶん\n", mapping={"B": "publication_status"}).rows[0]
    for text in ("x" * 4000, "x" * 3995, "x" * 3980):
        once = row.said_over({"remarks": text})["remarks"]
        assert once.startswith(text)
        assert len(once) <= 4000
        assert row.said_over({"remarks": once})["remarks"] == once


def test_a_register_of_personal_information_proposes_what_follows() -> None:
    heads = "個人情報ファイルの名称,利用目的,記録項目,記録範囲,収集方法,経常的提供先,備考"
    result = csv(f'{heads}\n受給者台帳,支給のため,"氏名、個人番号",受給者,本人,無,\n')
    (row,) = result.rows
    assert codes(result) == ["personal_register"]
    given = row.said_over({"personal_information": "unclear"})
    assert (given["title"], given["personal_information"]) == ("受給者台帳", "unclear")
    assert row.said_over({})["personal_information"] == "yes"
    assert row.said_over({})["specific_personal_information"] == "yes"


@pytest.mark.parametrize(
    ("key", "text", "answer"),
    [
        ("personal_information", "あり", "yes"),
        ("personal_information", "×", "no"),
        ("personal_information", "要検討", "unclear"),
        ("personal_information", "少し", UNKNOWN),
        ("publication_status", "公開済み", "published"),
        ("need_confirmed_on", "令和８年４月１日", "2026-04-01"),
        ("need_confirmed_on", "R8.4.1", "2026-04-01"),
        ("need_confirmed_on", "平成99年1月1日", UNKNOWN),
        ("record_count", "１，２００", 1200),
        ("title", "  台帳 ", "台帳"),
        ("personal_information", " ", None),
    ],
)
def test_answers_are_understood_as_people_write_them(key: str, text: str, answer: object) -> None:
    assert Understanding(question(key), {}).read(text) == answer


@pytest.mark.parametrize("key", HEADING_WORDS)
def test_every_word_of_the_table_leads_to_its_question(key: str) -> None:
    assert question(key)
    for word in HEADING_WORDS[key]:
        found = csv(f"{word},ダミー列\n,\n")
        assert found.found.proposals[0].field in {key, "title"}, word


@pytest.mark.parametrize(
    ("text", "heading"),
    [("市　町　村　名", "市町村名"), ("面   積\n(k㎡)", "面積(k㎡)"), ("Data name", "Data name"), (" 名称 ", "名称")],
)
def test_headings_lose_the_blanks_that_spread_them(text: str, heading: str) -> None:
    assert heading_text(text) == heading


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "ignore")))
def test_nothing_that_is_sent_raises(content: bytes) -> None:
    """UP-12, UP-14, UP-16."""
    result = read(content)
    assert result.rows or result.findings or result.found


def test_a_broken_old_workbook_is_damaged_or_protected_never_a_traceback() -> None:
    """UP-12."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    circle = ole + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10) + b"\x01\0\0\0" * 200
    assert codes(read(ole + bytes(5000))) == ["damaged_file"]
    assert codes(read(circle + bytes(5000))) == ["damaged_file"]
    assert codes(read(ole + "EncryptedPackage".encode("utf-16-le") + bytes(600))) == ["encrypted_file"]
