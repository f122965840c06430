"""The response board and the burden ledger: for the office alone, the same figures on the page and in the files."""

from __future__ import annotations

import csv
import io
import zipfile

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from openpyxl import load_workbook

from ckanext.hokkaido_inventory.model import Burden, Response

FORMULA = "=HYPERLINK(A1)課"


@pytest.fixture
def board(house):
    """Return what the office sees of a survey."""
    return lambda survey, **asked: house.office("hokkaido_board_show", survey=survey["id"], **asked)


def _find(board, key):
    return next(entry for entry in board["entries"] if entry["key"] == key)


def test_the_office_sees_at_once_who_has_not_answered(house, board, count_queries):
    """AZ-02, PF-01: sums over the tree, "none held" counted as an answer, by a number of statements that stays."""
    survey = house.open_survey("kasen-ka", "doro-ka", "biei-cho")
    with count_queries() as few:
        board(survey)
    house.answer(survey)
    house.answer(survey, "二", legal_restriction="unclear")
    house.submit(survey)
    where = {"survey": survey["id"], "unit": "biei-cho", "version": 1}
    house.mayor("hokkaido_response_submit", **where, none_held=True, signer="町長")
    with count_queries() as many:
        shown = board(survey)
    assert len(many) == len(few)
    assert {name: shown["total"][name] for name in ("asked", "answered", "none_held", "rows", "new", "unclear")} == {
        "asked": 3, "answered": 2, "none_held": 1, "rows": 2, "new": 2, "unclear": 1,
    }  # fmt: skip
    assert (_find(shown, "kensetsu-bu")["answered"], _find(shown, "kensetsu-bu")["asked"]) == (1, 2)
    opened = board(survey, at="kensetsu-bu")
    assert [step["title"] for step in opened["path"]] == ["北海道", "建設部"]
    assert {entry["key"] for entry in opened["entries"]} == {"kasen-ka", "doro-ka"}
    assert [entry["key"] for entry in board(survey, group="flat", state="unanswered")["entries"]] == ["doro-ka"]
    assert [entry["key"] for entry in board(survey, q="美瑛")["entries"]] == ["biei-cho"]
    assert board(survey, group="flat", sort="-rows")["entries"][0]["key"] == "kasen-ka"
    with pytest.raises(tk.ValidationError):
        board(survey, sort="signer")


def test_only_the_office_sees_board_and_ledger(house):
    """AZ-01: whoever does not know of the survey learns nothing, a unit's people are refused."""
    survey = house.open_survey()
    for action in ("hokkaido_board_show", "hokkaido_burden_list"):
        with pytest.raises(tk.NotAuthorized):
            house.director(action, survey=survey["id"])
        with pytest.raises(tk.ObjectNotFound):
            house.mayor(action, survey=survey["id"])


def test_more_time_for_many_units_is_given_to_all_or_to_none(house, board):
    """AZ-04."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    where = {"survey": survey["id"], "deadline": house.day(30)}
    with pytest.raises(tk.ObjectNotFound):
        house.office("hokkaido_board_extend", **where, units=["kasen-ka", "biei-cho"])
    assert {entry["unit"]["deadline"] for entry in board(survey, group="flat")["entries"]} == {house.day(14)}
    assert house.office("hokkaido_board_extend", **where, units=["kasen-ka", "doro-ka"]) == {"extended": 2}
    assert {entry["unit"]["deadline"] for entry in board(survey, group="flat")["entries"]} == {house.day(30)}
    assert house.show(survey)["events"][-1]["act"] == "response_extended"


def test_the_files_hold_what_the_page_shows_and_nothing_else(house, make_unit, app):
    """LK-04, UP-07: no signer, no remark, no author, no hidden sheet; a unit's name never becomes a formula."""
    make_unit("shiki-ka", FORMULA)
    survey = house.open_survey("kasen-ka", "shiki-ka")
    where = {"survey": survey["id"], "unit": "kasen-ka", "version": 1}
    house.respondent("hokkaido_response_submit", **where, none_held=True, signer="秘密太郎")
    version = house.show(survey)["version"]
    house.approver("hokkaido_response_return", **where | {"version": version}, remark="秘密の指摘")
    headers = {"Authorization": factories.APIToken(user=house.office.name)["token"]}
    text = app.get(f"/survey/{survey['id']}/board.csv", headers=headers).data
    assert text.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [f"'{FORMULA}", "河川課"]
    content = app.get(f"/survey/{survey['id']}/board.xlsx", headers=headers).data
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 1
    sheet = book.active
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [(FORMULA, "s"), ("河川課", "s")]
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert all(not row.hidden for row in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert [name for name in parts if "comment" in name or "external" in name] == []
    for secret in ("秘密", house.respondent.name, house.approver.name, "openpyxl</dc:creator>"):
        assert secret not in text.decode()
        assert [name for name, part in parts.items() if secret in part] == []


def test_minutes_are_summed_by_unit_and_beside_the_last_round(house):
    """The ledger names no person."""
    last, survey = house.open_survey(fiscal_year=2025), house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    for asked, minutes, work in ((last, 90, "answering"), (survey, 20, "answering"), (survey, 10, "reviewing")):
        response = model.Session.query(Response).filter_by(id=house.show(asked)["id"]).one()
        model.Session.add(Burden(response_id=response.id, user_id=house.respondent.id, work=work, minutes=minutes))
    model.Session.commit()
    report = house.office("hokkaido_burden_list", survey=survey["id"])
    river, road = report["units"]
    assert (report["previous"]["id"], road["minutes"], road["total"]) == (last["id"], None, None)
    assert river["minutes"] == {"answering": 20, "reviewing": 10, "publishing": 0}
    assert (river["total"], river["per_row"], river["before"], river["difference"]) == (30, 30.0, 90, -60)
    assert (report["summary"]["gave"], report["summary"]["gave_none"], report["summary"]["median"]) == (1, 1, 30)
    assert house.respondent.name not in str(report)
