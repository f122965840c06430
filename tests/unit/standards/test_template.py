"""Empty tables: what a clerk finds in them."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from ckanext.hokkaido_core.domain.codes import is_valid
from ckanext.hokkaido_standards.definitions import column_types, standards
from ckanext.hokkaido_standards.domain.definition import Form
from ckanext.hokkaido_standards.domain.recognition import Recognizer
from ckanext.hokkaido_standards.domain.template import FILLED_ROWS, ROWS, NotFillable, Place, Template, template
from ckanext.hokkaido_standards.workbook.template import EXAMPLES, as_csv, as_workbook

SAPPORO = Place("011002", "札幌市")
KNOWN = [code for code, found in standards().items() if {Form.CURRENT, Form.LEGACY} & set(found.forms)]


def of(code: str, place: Place | None = None, form: Form | None = None) -> Template:
    return template(standards()[code], column_types(), form, place)


def opened(made: Template):
    return load_workbook(io.BytesIO(as_workbook(made)))


@pytest.mark.parametrize("code", KNOWN)
def test_the_text_file_is_recognised_as_what_it_is_for(code: str) -> None:
    text = as_csv(of(code, SAPPORO))
    assert text.startswith(b"\xef\xbb\xbf")
    headings, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    found = Recognizer(standards().values()).recognize(headings, standards()[code].ja)
    assert (found.standard.code, len(found.columns)) == (code, len(headings))
    assert len(rows) == (1 if "localgov_code" in {one.concept.key for one in found.columns.values()} else 0)


@pytest.mark.parametrize("code", KNOWN)
def test_a_workbook_is_whole_and_its_headings_stay_in_sight(code: str) -> None:
    book = opened(of(code, SAPPORO))
    sheet = book.worksheets[0]
    assert book.sheetnames[1] == EXAMPLES
    assert [cell.value for cell in sheet[1]] == of(code).headings
    assert sheet.freeze_panes == "A2"
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_code_and_name_of_the_municipality_stand_in_the_rows_as_text() -> None:
    sheet = opened(of("08", SAPPORO)).worksheets[0]
    codes = [sheet.cell(row, 1) for row in range(2, FILLED_ROWS + 2)]
    assert {(cell.value, cell.data_type, cell.number_format) for cell in codes} == {("011002", "s", "@")}
    assert sheet.cell(2, 3).value == "札幌市"
    assert sheet.cell(FILLED_ROWS + 2, 1).value is None
    # Where a thing stands is for the clerk to say: it may be elsewhere.
    assert sheet.cell(2, of("08").headings.index("所在地_市区町村") + 1).value is None


def test_without_a_municipality_no_row_is_filled() -> None:
    assert opened(of("08")).worksheets[0].max_row == 1
    assert as_csv(of("08")).count(b"\r\n") == 1


def test_columns_that_a_spreadsheet_would_spoil_are_texts_to_their_end() -> None:
    made = of("08")
    sheet = opened(made).worksheets[0]
    formats = {
        heading: sheet.column_dimensions[sheet.cell(1, place).column_letter].number_format
        for place, heading in enumerate(made.headings, 1)
    }
    assert formats["全国地方公共団体コード"] == formats["電話番号"] == formats["開始時間"] == "@"
    assert formats["緯度"] == "General"


@pytest.mark.parametrize(
    ("code", "heading", "values"),
    [
        ("08", "小児対応設備の有無", ["有", "無"]),
        ("08", "利用可能曜日", ["月火水木金土日", "月火水木金"]),
        ("10", "医療機関の種類", ["病院", "有床診療所", "無床診療所"]),
        ("03", "災害種別_洪水", ["1"]),
    ],
)
def test_a_column_whose_values_are_known_offers_them_without_forcing_them(
    code: str, heading: str, values: list[str]
) -> None:
    made = of(code)
    book = opened(made)
    sheet = book.worksheets[0]
    letter = sheet.cell(1, made.headings.index(heading) + 1).column_letter
    (rule,) = [
        one for one in sheet.data_validations.dataValidation if str(one.sqref) == f"{letter}2:{letter}{ROWS + 1}"
    ]
    area = rule.formula1.split("!")[1].replace("$", "")
    offered = [cell.value for (cell,) in book["選択肢"][area]]
    assert offered[: len(values)] == values
    assert not rule.showErrorMessage
    assert book["選択肢"].sheet_state == "hidden"


def test_the_example_is_marked_as_one_and_fits_the_municipality() -> None:
    sheet = opened(of("13", SAPPORO))[EXAMPLES]
    row = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["全国地方公共団体コード"] == row["所在地_全国地方公共団体コード"] == "011002"
    assert row["地方公共団体名"] == "札幌市"
    assert "作成例です" in sheet["A4"].value
    assert is_valid(row["全国地方公共団体コード"])


def test_obligations_are_told_only_where_they_are_known() -> None:
    told = {cell.comment.text.split("\n")[0] for cell in opened(of("13")).worksheets[0][1]}
    assert told >= {"必須", "推奨", "任意"}
    untold = {cell.comment.text.split("\n")[0] for cell in opened(of("08")).worksheets[0][1]}
    assert untold & {"必須", "推奨", "任意"} == set()


def test_a_set_without_a_current_form_gives_the_older_one() -> None:
    assert of("02").form == Form.LEGACY
    assert of("08", form=Form.LEGACY).headings[0] == "都道府県コード又は市区町村コード"


@pytest.mark.parametrize(("code", "form"), [("22", None), ("30", None), ("02", Form.CURRENT), ("08", Form.METADATA)])
def test_what_nobody_knows_cannot_be_filled_in(code: str, form: Form | None) -> None:
    with pytest.raises(NotFillable):
        of(code, form=form)
