"""Answering in minutes: rows of the last round looked through, many rows at once, what keeps a unit from submitting."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.model.types import make_uuid

from ckanext.hokkaido_inventory.model import Answer, Burden, Response

TITLES = ("河川一覧", "ダム一覧", "砂防施設一覧")


@pytest.fixture
def carried(house):
    """Open a second round in which the rows of the first stand as the roll-over leaves them; return it."""
    first = house.open_survey(fiscal_year=2025, title="令和7年度 棚卸し調査")
    for title in TITLES:
        house.answer(first, title)
    second = house.open_survey()
    new = _response(second)
    for answer in model.Session.execute(sa.select(Answer).where(Answer.response_id == _response(first).id)).scalars():
        values = {key: getattr(answer, key) for key in ("holding_id", "title", "description", "answers", "by_rule")}
        model.Session.add(Answer(id=make_uuid(), response_id=new.id, change="carried", **values))
    model.Session.commit()
    return second


def _response(survey):
    return model.Session.execute(sa.select(Response).where(Response.survey_id == survey["id"])).scalar_one()


def _where(survey):
    return {"survey": survey["id"], "unit": "kasen-ka"}


def _stands(house, survey):
    return {row["title"]: row["change"] for row in house.show(survey)["answers"]}


def test_rows_are_looked_through_with_one_click_each_or_one_for_all(house, carried):
    shown = house.show(carried)
    rows = {row["title"]: row for row in shown["answers"]}
    assert shown["progress"] == {"rows": 3, "looked_at": 0, "carried": 3, "gone": 0}

    gone = house.respondent("hokkaido_answer_confirm", **_where(carried), ids=[rows["ダム一覧"]["id"]], change="gone")
    assert gone["progress"] == {"rows": 3, "looked_at": 1, "carried": 2, "gone": 1}
    assert (gone["version"], gone["rows"][0]["change"]) == (2, "gone")
    house.respondent("hokkaido_answer_update", **_where(carried), id=rows["ダム一覧"]["id"], description="廃止した")
    house.respondent("hokkaido_answer_update", **_where(carried), id=rows["河川一覧"]["id"], description="名称だけ")
    everything = house.respondent("hokkaido_answer_confirm", **_where(carried), change="unchanged")
    assert [row["number"] for row in everything["rows"]] == [3]
    assert _stands(house, carried) == {"河川一覧": "changed", "ダム一覧": "gone", "砂防施設一覧": "unchanged"}
    again = house.respondent("hokkaido_answer_confirm", **_where(carried), change="unchanged")
    assert (again["version"], again["rows"]) == (everything["version"], [])

    taken = [rows["ダム一覧"]["id"], rows["砂防施設一覧"]["id"]]
    house.respondent("hokkaido_answer_confirm", **_where(carried), ids=taken, change="carried")
    assert _stands(house, carried) == {"河川一覧": "changed", "ダム一覧": "changed", "砂防施設一覧": "carried"}
    trail = [event for event in house.show(carried)["events"] if event["act"] == "rows_confirmed"]
    assert [event["detail"] for event in trail] == [
        {"change": "gone", "numbers": [2]},
        {"change": "unchanged", "numbers": [3]},
        {"change": "carried", "numbers": [2, 3]},
    ]


def test_saving_a_carried_row_as_it_is_says_that_it_was_looked_at(house, carried):
    row = house.show(carried)["answers"][0]
    shown = house.respondent("hokkaido_answer_show", id=row["id"])
    assert shown["before"]["title"] == row["title"]
    saved = house.respondent("hokkaido_answer_update", **_where(carried), id=row["id"], title=row["title"])
    assert (saved["change"], saved["version"]) == ("unchanged", row["version"] + 1)
    again = house.respondent("hokkaido_answer_update", **_where(carried), id=row["id"], title=row["title"])
    assert again["version"] == saved["version"]


def test_nobody_submits_rows_that_nobody_looked_at(house, carried):
    with pytest.raises(tk.ValidationError) as refused:
        house.submit(carried)
    assert "3" in refused.value.error_dict["carried"][0]
    house.respondent("hokkaido_answer_confirm", **_where(carried), change="unchanged")
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_response_submit", **_where(carried), version=2, minutes="６００１")
    done = house.respondent("hokkaido_response_submit", **_where(carried), version=2, minutes="１２")
    assert done["state"] == "submitted"
    house.approver("hokkaido_burden_create", **_where(carried), work="reviewing", minutes=3)
    with pytest.raises(tk.NotAuthorized):
        house.respondent("hokkaido_burden_create", **_where(carried), work="reviewing", minutes=3)
    noted = model.Session.execute(sa.select(Burden.work, Burden.minutes).order_by(Burden.at)).all()
    assert [tuple(entry) for entry in noted] == [("answering", 12), ("reviewing", 3)]


def test_a_unit_whose_data_is_all_gone_may_say_that_it_holds_none(house, carried):
    ids = [row["id"] for row in house.show(carried)["answers"]]
    house.respondent("hokkaido_answer_confirm", **_where(carried), ids=ids, change="gone")
    where = _where(carried) | {"version": 2, "none_held": True, "signer": "山田"}
    assert house.respondent("hokkaido_response_submit", **where)["state"] == "none_held"


def test_confirming_is_bound_to_rows_and_version(house, carried):
    """CC-01, AZ-01: a row of this round is not called gone, another's row is unknown, a page that is old is refused."""
    new = house.answer(carried, "水位観測所一覧")
    foreign = house.open_survey("doro-ka", fiscal_year=2027)
    other = house.neighbour("hokkaido_answer_update", survey=foreign["id"], unit="doro-ka", title="道路一覧")
    for data in (
        {"ids": [new["id"]], "change": "gone"},
        {"ids": [other["id"]], "change": "unchanged"},
        {"change": "unchanged", "version": 1},
        {"change": "new"},
    ):
        with pytest.raises(tk.ValidationError):
            house.respondent("hokkaido_answer_confirm", **_where(carried), **data)
    assert house.respondent("hokkaido_answer_confirm", **_where(carried), ids=[], change="unchanged")["rows"] == []
    assert house.show(carried)["progress"]["carried"] == 3


def test_many_rows_are_written_together_or_not_at_all(house, carried, count_queries):
    """CC-05: every fault of every row is named at once, and nothing is stored."""
    first, second, _third = house.show(carried)["answers"]
    rows = [
        {"id": first["id"], "version": 1, "title": "河川一覧（一級）"},
        {"id": second["id"], "version": 9, "title": "ダム"},
        {"title": "", "description": "名前がない"},
        {"title": "観測所", "personal_information": "たぶん", "review_on": "令和9年13月1日"},
        {"id": first["id"], "title": "二度目"},
        {"id": "nowhere", "title": "どこにもない"},
    ]
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_answer_bulk_update", **_where(carried), rows=rows)
    faults = {fault["row"]: sorted(fault["errors"]) for fault in refused.value.error_dict["rows"]}
    assert faults == {1: ["version"], 2: ["title"], 3: ["personal_information", "review_on"], 4: ["id"], 5: ["message"]}
    assert refused.value.error_dict["rows"][0]["current"]["title"] == "ダム一覧"
    assert house.show(carried)["version"] == 1

    good = [rows[0], *({"title": f"水位 {number}", "review_on": "令和9年4月1日"} for number in range(20))]
    with count_queries() as few:
        done = house.respondent("hokkaido_answer_bulk_update", **_where(carried), rows=good)
    assert [row["title"] for row in done["rows"]] == [row["title"] for row in good]
    assert (done["version"], done["rows"][1]["answers"]["review_on"]) == (2, "2027-04-01")
    assert [row["number"] for row in done["rows"]] == [1, *range(4, 24)]
    more = [{"title": f"雨量 {number}"} for number in range(60)]
    with count_queries() as many:
        house.respondent("hokkaido_answer_bulk_update", **_where(carried), rows=more)
    assert len(many) <= len(few)


def test_a_bulk_request_sent_twice_makes_no_second_row(house):
    """CC-03: by its key, also when the row was changed meanwhile."""
    survey = house.open_survey()
    request = _where(survey) | {"rows": [{"title": "観測所"}, {"title": "観測所"}], "key": "k-1"}
    first = house.respondent("hokkaido_answer_bulk_update", **request)
    house.respondent("hokkaido_answer_update", **_where(survey), id=first["rows"][0]["id"], title="水位観測所")
    house.submit(survey)
    again = house.respondent("hokkaido_answer_bulk_update", **request)
    assert [row["title"] for row in again["rows"]] == ["水位観測所", "観測所"]
    assert len(house.show(survey)["answers"]) == 2
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_answer_bulk_update", **(request | {"rows": [{"title": "別"}]}))
    assert "key" in refused.value.error_dict
