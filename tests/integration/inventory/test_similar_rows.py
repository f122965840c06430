"""Who sees which rows that look alike."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import tasks
from ckanext.hokkaido_inventory.model import Published

SECRET = "河川の内部点検記録"


@pytest.fixture
def rows(house):
    """Let two units of the prefecture and a town enter rows of the same name in one survey."""
    survey = house.open_survey("kasen-ka", "doro-ka", "biei-cho")
    said = {"description": "x", "columns": "名称、延長、管理者区分、所在地"}
    where = {"survey": survey["id"]}
    own = house.answer(survey, "河川一覧", **said)
    house.respondent("hokkaido_answer_update", **where, unit="kasen-ka", title=SECRET, description="x")
    house.neighbour("hokkaido_answer_update", **where, unit="doro-ka", title="令和8年度 河川 一覧", **said)
    house.mayor("hokkaido_answer_update", **where, unit="biei-cho", title="美瑛町河川一覧表", **said)
    house.mayor("hokkaido_answer_update", **where, unit="biei-cho", title="税務システム台帳", description="x")
    return {"survey": survey, "holding": own["holding_id"]}


def test_the_office_finds_groups_over_all_units_in_the_background(house, rows):
    survey = rows["survey"]["id"]
    assert house.office("hokkaido_similar_list", survey=survey)["found_at"] is None
    for _again in range(2):
        tasks.run(house.office("hokkaido_similar_find", survey=survey)["task"])
    found = house.office("hokkaido_similar_list", survey=survey)
    assert (found["compared"], found["count"]) == (5, 1)
    (group,) = found["groups"]
    assert (group["units"], group["rows"]) == (3, 3)
    assert {member["unit"]["name"] for member in group["members"]} == {"kasen-ka", "doro-ka", "biei-cho"}
    # The plainest name stands first; years and blanks do not count.
    assert group["members"][0]["title"] in {"河川一覧", "令和8年度 河川 一覧"}
    for who, error in ((house.respondent, tk.NotAuthorized), (house.citizen, tk.ObjectNotFound)):
        with pytest.raises(error):
            who("hokkaido_similar_list", survey=survey)
        with pytest.raises(error):
            who("hokkaido_similar_find", survey=survey)


def test_a_unit_sees_what_others_publish_and_never_their_unfinished_rows(house, rows):
    """AZ-05: the office sees the rows of the round, the unit nothing until it is published."""
    assert house.respondent("hokkaido_holding_similar", id=rows["holding"]) == []
    seen = house.office("hokkaido_holding_similar", id=rows["holding"])
    assert {one["unit"]["name"] for one in seen} == {"doro-ka", "biei-cho"}
    survey = rows["survey"]
    house.submit(survey, "doro-ka", house.neighbour)
    house.approve(survey, "doro-ka", house.director)
    house.publish(survey)
    (one,) = house.respondent("hokkaido_holding_similar", id=rows["holding"])
    assert (one["unit"]["name"], one["signs"][0]["code"]) == ("doro-ka", "same_title")
    (copy,) = model.Session.query(Published)
    model.Session.execute(sa.update(Published).values(listing="withheld", title="", search_text=""))
    model.Session.commit()
    assert house.respondent("hokkaido_holding_similar", id=rows["holding"]) == []
    for who in (house.mayor, house.citizen, house.nobody):
        with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
            who("hokkaido_holding_similar", id=copy.holding_id)
    assert SECRET not in json.dumps(seen, ensure_ascii=False)
