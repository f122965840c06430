"""A file meets what others saved meanwhile: told row by row, never overwritten in silence (CC-04, CC-06)."""

from __future__ import annotations

import io

import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Answer
from ckanext.hokkaido_inventory.workbook.purpose import PURPOSES
from ckanext.hokkaido_inventory.workbook.template_layout import TEMPLATE_SHEET

UNIT = {"unit": "kasen-ka"}


def _download(house, survey, **options):
    return house.respondent("hokkaido_workbook_show", survey=survey["id"], **UNIT, **options)["content"]


def _import(house, survey, content, **options):
    asked = {"survey": survey["id"], **UNIT, "upload": house.file(content)} | options
    return house.respondent("hokkaido_workbook_import", **asked)


def _edit(content, cells, *, clean=False):
    """Return a workbook with cells set by title and heading; `clean` leaves only what can be seen."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[TEMPLATE_SHEET]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "番号")
    places = {str(cell.value or "").rstrip("＊"): cell.column for cell in sheet[header]}
    rows = {sheet.cell(row, places["データ名"]).value: row for row in range(header + 2, sheet.max_row + 1)}
    for (title, heading), value in cells.items():
        sheet.cell(rows[title], places[heading]).value = value
    if clean:
        for other in [other for other in book.worksheets if other is not sheet]:
            book.remove(other)
        sheet.title = "Sheet1"
        sheet.data_validations.dataValidation = []
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.protection.sheet = False
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            cell.comment, cell.style = None, "Normal"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rewrite(house, survey, row):
    """Let a colleague change a row on its page."""
    house.approver("hokkaido_answer_update", survey=survey["id"], **UNIT, id=row["id"], description="新しい")


def _state(house, survey):
    return {row["title"]: (row["description"], row["change"], row["version"]) for row in house.show(survey)["answers"]}


def _carry(*titles):
    """Make rows look as the roll-over of a round leaves them: nobody has looked at them yet."""
    model.Session.execute(sa.update(Answer).where(Answer.title.in_(titles)).values(change="carried"))
    model.Session.commit()


def test_a_respondent_answers_row_by_row_in_the_workbook(house):
    survey = house.open_survey()
    for title in ("一", "二", "三", "四"):
        house.answer(survey, title)
    _carry("一", "二", "三", "四")
    cells = {
        ("一", "変更区分"): "変更なし",
        ("二", "変更区分"): "廃止",
        ("三", "説明"): "新しい説明",
        ("三", "変更区分"): "変更なし",
    }
    content = _edit(_download(house, survey), cells)
    assert _import(house, survey, content)["rows"] == {"new": 0, "changed": 2, "unchanged": 2, "gone": 0, "conflict": 0}
    assert {title: row[1] for title, row in _state(house, survey).items()} == {
        "一": "unchanged",
        "二": "gone",
        # Without a round before there is nothing it could have changed from.
        "三": "new",
        "四": "carried",
    }
    before = house.show(survey)
    assert _import(house, survey, content)["rows"]["unchanged"] == 4
    assert house.show(survey)["version"] == before["version"]
    # What was stored is what the next workbook shows, and that one changes nothing.
    assert _import(house, survey, _download(house, survey))["rows"]["unchanged"] == 4
    assert house.show(survey)["version"] == before["version"]


def test_rows_that_somebody_saved_meanwhile_are_asked_about(house):
    """An older file after a newer one: rows it does not touch are left alone, the others are in conflict."""
    survey = house.open_survey()
    rows = {title: house.answer(survey, title) for title in ("一", "二", "三")}
    blank = _download(house, survey)
    older = _edit(blank, {("一", "説明"): "古い", ("二", "説明"): "古い"})
    for title in ("一", "三"):
        house.approver(
            "hokkaido_answer_update", survey=survey["id"], **UNIT, id=rows[title]["id"], description="新しい"
        )
    asked = _import(house, survey, older, dry_run=True)
    assert asked["rows"] == {"new": 0, "changed": 1, "unchanged": 1, "gone": 0, "conflict": 1}
    (conflict,) = asked["conflicts"]
    assert (conflict["number"], conflict["title"]) == (1, "一")
    assert (conflict["mine"]["description"], conflict["theirs"]["description"]) == ("古い", "新しい")
    assert conflict["saved_by"]
    assert conflict["saved_at"]
    # Without a choice the row stays as it is stored; the others are taken.
    _import(house, survey, older)
    assert {title: row[0] for title, row in _state(house, survey).items()} == {
        "一": "新しい",
        "二": "古い",
        "三": "新しい",
    }
    assert _import(house, survey, older, choices={"1": "theirs"})["conflicts"] == []
    assert _state(house, survey)["一"][0] == "新しい"
    assert _import(house, survey, older, choice="mine")["conflicts"] == []
    assert _state(house, survey)["一"][0] == "古い"


@pytest.mark.parametrize("clean", [False, True])
def test_who_goes_on_in_the_file_they_have_taken_in_is_in_conflict_with_nobody(house, clean):
    """CC-04: one file is filled in and taken in again and again; what another person saved is still asked about."""
    survey = house.open_survey()
    row = house.answer(survey, "一")
    form = _download(house, survey)
    for text in ("一度目", "二度目", "三度目"):
        done = _import(house, survey, _edit(form, {("一", "説明"): text}, clean=clean))
        assert (done["rows"]["changed"], done["conflicts"]) == (1, [])
        assert _state(house, survey)["一"][0] == text
    house.approver("hokkaido_answer_update", survey=survey["id"], **UNIT, id=row["id"], description="他の人")
    asked = _import(house, survey, _edit(form, {("一", "説明"): "四度目"}, clean=clean))
    assert [conflict["title"] for conflict in asked["conflicts"]] == ["一"]


def test_a_cleaned_workbook_still_knows_when_it_was_made(house):
    """UP-09: hidden sheets, checks, colours, comments and protection are gone, the sheet has another name."""
    survey = house.open_survey()
    rows = {title: house.answer(survey, title) for title in ("一", "二")}
    content = _edit(_download(house, survey), {("一", "説明"): "古い", ("二", "変更区分"): "廃止"}, clean=True)
    _rewrite(house, survey, rows["一"])
    done = _import(house, survey, content)
    assert done["rows"] == {"new": 0, "changed": 1, "unchanged": 0, "gone": 0, "conflict": 1}
    assert [conflict["number"] for conflict in done["conflicts"]] == [1]
    assert [row[:2] for row in _state(house, survey).values()] == [
        ("新しい", "new"),
        (rows["二"]["description"], "gone"),
    ]


def test_the_visible_number_alone_keeps_a_workbook_out_of_another_unit(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")
    foreign = house.neighbour("hokkaido_workbook_show", survey=survey["id"], unit="doro-ka")["content"]
    done = _import(house, survey, _edit(foreign, {}, clean=True), dry_run=True)
    assert [finding["code"] for finding in done["findings"]] == ["other_unit"]


def test_the_official_form_goes_out_and_comes_home_with_every_cell(house, shared_dir):
    survey = house.open_survey()
    source = (shared_dir / "reference" / "gif" / "xlsx" / "465-3.xlsx").read_bytes()
    _import(house, survey, source)
    before = house.show(survey)
    ours = _download(house, survey, form="official")
    done = _import(house, survey, ours)
    assert (done["kind"], done["rows"]["unchanged"]) == ("official", 2)
    assert house.show(survey)["version"] == before["version"]
    first, second = (openpyxl.load_workbook(io.BytesIO(content)).worksheets[1] for content in (source, ours))
    for _group, words, row in PURPOSES.values():
        assert (first.cell(row, 2).value, first.cell(row, 3).value) == (words, second.cell(row, 3).value)


def test_what_people_write_survives_the_way_through_a_workbook(house):
    """UP-07, UP-10, UP-11: zeros in front, full width, line breaks, formula signs and dates stay as they are."""
    survey = house.open_survey(question_set="full")
    house.answer(
        survey, "0012", description="一行目\n二行目\t後", remarks="＝１＋１", system_name="=1+1", law="_x0041_"
    )
    house.answer(survey, "ＡＢＣ㈱ガ髙", description="", review_on="2028-04-01", record_count="0", columns="1.0、１")
    before = house.show(survey)["answers"]
    for content in (_download(house, survey), _edit(_download(house, survey), {}, clean=True)):
        assert _import(house, survey, content)["rows"] == {
            "new": 0,
            "changed": 0,
            "unchanged": 2,
            "gone": 0,
            "conflict": 0,
        }
        assert house.show(survey)["answers"] == before
