"""What is written comes back: the template, the official layout, and the official file itself."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.hokkaido_core.domain.eras import LAST_YEAR
from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.question_types import AnswerKind, Question
from ckanext.hokkaido_inventory.domain.questions import QUESTIONS
from ckanext.hokkaido_inventory.workbook.layout import OFFICIAL_SHEETS, SHEET_TITLES
from ckanext.hokkaido_inventory.workbook.official import write_official
from ckanext.hokkaido_inventory.workbook.reader import read
from ckanext.hokkaido_inventory.workbook.result import WorkbookKind
from ckanext.hokkaido_inventory.workbook.template import TemplateContent, write_template
from ckanext.hokkaido_inventory.workbook.template_layout import TEMPLATE_COLUMNS

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
#: Stored texts have no blanks around them and no control characters; all else is allowed, formulas and escapes too.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=TURNING), max_size=40).map(str.strip),
    st.sampled_from(
        ["=1+1", "+81", "-", "@x", "＝1", "_x0041_", "一行目\n二行目", "髙﨑", "0012", "1e5", "#N/A", "'a"]
    ),
)
SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def answers(question: Question):
    match question.kind:
        case AnswerKind.DATE:
            given_answer = st.dates(date(1900, 3, 1), date(LAST_YEAR, 12, 31)).map(lambda day: day.isoformat())
        case AnswerKind.NUMBER:
            given_answer = st.integers(0, 10**12)
        case AnswerKind.TEXT:
            given_answer = TEXTS.filter(bool)
        case _:
            codes = [choice.code for choice in question.choices]
            given_answer = st.sampled_from(codes) if codes else TEXTS.filter(bool)
    return given_answer if question.key == "title" else st.none() | given_answer


def rows(keys: set[str]):
    one = st.fixed_dictionaries({item.key: answers(item) for item in QUESTIONS if item.key in keys})
    return st.lists(one, min_size=1, max_size=4)


OFFICIAL_KEYS = {key for layout in OFFICIAL_SHEETS.values() for key in layout.inputs.values()}
TEMPLATE_KEYS = {column.key for column in TEMPLATE_COLUMNS if column.key}


@SETTINGS
@given(rows(OFFICIAL_KEYS))
def test_the_official_layout_gives_back_what_was_written(written: list[dict]) -> None:
    result = read(write_official(written, {"department": "情報政策課", "person": "山田"}))
    assert [row.values for row in result.rows] == written
    assert [row.number for row in result.rows] == list(range(1, len(written) + 1))
    assert result.header == {"department": "情報政策課", "person": "山田"}
    assert result.storable


@SETTINGS
@given(rows(TEMPLATE_KEYS), st.sets(st.integers(1, 900), min_size=4, max_size=4))
def test_the_template_gives_back_what_was_written(written: list[dict], numbers: set[int]) -> None:
    numbered = [row | {"number": number} for row, number in zip(written, sorted(numbers), strict=False)]
    result = read(write_template(TemplateContent(department="情報政策課", rows=numbered, spare_rows=2)))
    assert [row.values | {"number": row.number} for row in result.rows] == numbered
    assert result.storable


def test_stored_text_is_not_normalised(template) -> None:
    title = "㈱ガ髙" + unicodedata.normalize("NFD", "が")
    assert read(template({"number": 1, "title": title})).rows[0].values["title"] == title


def test_more_rows_than_the_form_has_come_home(official) -> None:
    written = [{"title": f"一覧{number}", "legal_restriction": "no"} for number in range(150)]
    assert [row.values["title"] for row in read(official(*written)).rows] == [row["title"] for row in written]


def test_an_empty_row_between_keeps_the_numbers(official) -> None:
    result = read(official({"title": "一"}, {}, {"title": "三", "file_format": "CSV"}))
    assert [(row.number, row.row, row.values["title"]) for row in result.rows] == [(1, 9, "一"), (3, 11, "三")]
    assert result.rows[1].values["file_format"] == "CSV"


def test_renamed_sheets_are_known_by_their_headings(official, changed) -> None:
    def rename(book) -> None:
        for number, sheet in enumerate(book.worksheets):
            sheet.title = f"Sheet{number}"

    result = read(changed(official(), rename))
    assert result.sheets == ["Sheet2", "Sheet3", "Sheet4"]
    assert len(result.rows) == 1


def test_lines_put_above_the_headings_do_not_matter(official, changed) -> None:
    def push(book) -> None:
        sheet = book[SHEET_TITLES[2]]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(1, 2)

    result = read(changed(official(), push))
    assert [(row.number, row.row) for row in result.rows] == [(1, 11)]


def test_a_form_whose_formulas_became_values_comes_home(official, changed) -> None:
    def clean(book) -> None:
        for sheet in book.worksheets[2:]:
            for cells in sheet.iter_rows():
                for cell in cells:
                    if cell.data_type == "f":
                        cell.value = "未回答項目有り" if cell.column_letter in "CX" else None

    result = read(changed(official(), clean))
    assert result.findings == []
    assert result.rows[0].values["result"] is None


def test_the_official_file_comes_in_with_its_two_example_rows(shared_dir: Path) -> None:
    result = read(shared_dir / "reference/gif/xlsx/465-3.xlsx")
    assert result.kind is WorkbookKind.OFFICIAL
    assert result.storable
    assert [(found.code, found.row) for found in result.findings] == [("example_row", 9), ("example_row", 10)]
    first, second = result.rows
    assert first.values["title"].startswith("（記入例①）")
    assert second.values["title"].startswith("（記入例②）")
    assert [decide(row.values) for row in result.rows] == [Decision.CLOSED, Decision.OPEN]
    assert [decide(row.values).label for row in result.rows] == ["公開不可", "公開可能"]
    assert {key: first.values[key] for key in OFFICIAL_KEYS if first.values[key] == "yes"} == {
        "personal_information": "yes",
        "legal_restriction": "yes",
    }
    assert {
        key: value for key, value in second.values.items() if value and len(str(value)) < 20 and key != "title"
    } == {
        "personal_information": "no",
        "specific_personal_information": "no",
        "sensitive_personal_information": "no",
        "anonymised_release_requested": "no",
        "harm_to_order_or_rights": "no",
        "legal_restriction": "no",
        "need_confirmed_on": "2022-01-01",
        "need_method": "system_analysis",
        "need_detail": "データの閲覧履歴確認",
        "publication_status": "unpublished",
        "fit_council": "no",
        "fit_report": "no",
        "fit_statistics": "yes",
        "fit_budget": "no",
        "fit_information": "no",
        "update_interval": 1,
        "update_unit": "month",
        "record_count": 1200,
        "column_count": 10,
        "mashup_geospatial": "no",
        "mashup_business": "no",
        "mashup_local": "no",
        "mashup_other": "yes",
        "result": "planned",
        "file_format": "CSV",
        "file_frequency": "1回／月",
        "api_conditions": "-",
        "api_processing": "-",
        "api_format": "-",
        "other_method": "-",
    }


def test_the_official_file_written_anew_has_equal_cells_and_formulas(shared_dir: Path) -> None:
    import io

    from openpyxl import load_workbook

    source = shared_dir / "reference/gif/xlsx/465-3.xlsx"
    theirs = load_workbook(source)
    ours = load_workbook(io.BytesIO(write_official([row.values for row in read(source).rows])))
    assert ours.sheetnames == theirs.sheetnames
    for layout in OFFICIAL_SHEETS.values():
        for cells in theirs[layout.title].iter_rows(min_row=layout.first_row):
            for cell in cells:
                # The form's own formula of X differs between its first rows, in what it shows before an answer.
                if layout.number == 4 and cell.column_letter == "X" and cell.row < 13:
                    continue
                own = ours[layout.title][cell.coordinate].value
                expected = cell.value.strip() if isinstance(cell.value, str) else cell.value
                assert own == expected, f"{layout.title} {cell.coordinate}"
        for heading in layout.headings:
            place = f"{heading.column}{heading.row}"
            assert (theirs[layout.title][place].value or "").replace("\n", "").startswith(heading.text), place
