"""The April reorganisation: holdings, answers and history follow by rule, people do not (AZ-06)."""

from __future__ import annotations

import threading

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Answer, Event, Holding, Published, Succession


def _merge(house, **values):
    order = {"kind": "merged", "from_units": ["kasen-ka"], "to_unit": "doro-ka"}
    return house.office("hokkaido_unit_transfer", **(order | values))


def test_a_merged_unit_gives_everything_and_its_people_lose_it_at_once(house):
    """AZ-06: answers of the open round, history, and the public page follow; the old people see nothing any more."""
    holding = house.published_holding()
    old = house.office("hokkaido_survey_list")[0]
    survey = house.open_survey("kasen-ka", "doro-ka", fiscal_year=2027)
    row = house.answer(survey, title="河川一覧（改）")
    house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路台帳")
    before = house.neighbour("hokkaido_answer_show", id=house.show(survey, "doro-ka")["answers"][0]["id"])

    seen = _merge(house, dry_run=True)
    assert (seen["stored"], seen["published"], len(seen["holdings"])) == (False, 1, 2)
    assert house.respondent("hokkaido_answer_show", id=row["id"])["title"] == "河川一覧（改）"

    done = _merge(house)
    assert done["stored"]
    assert {**done, "stored": False} == seen
    assert [(one["number"], one["new_number"]) for one in done["holdings"]] == [(1, 2), (2, 3)]
    with pytest.raises(tk.ObjectNotFound):
        house.respondent("hokkaido_answer_show", id=row["id"])
    assert house.neighbour("hokkaido_answer_show", id=row["id"])["number"] == 3
    earlier = house.neighbour("hokkaido_holding_show", id=holding["id"])
    assert (earlier["unit"]["name"], earlier["number"]) == ("doro-ka", 2)
    assert [answer["title"] for answer in earlier["answers"]] == ["河川一覧"]
    shown = house.show(survey, "doro-ka")
    assert [answer["title"] for answer in shown["answers"]] == [before["title"], "河川一覧（改）"]
    assert shown["state"] == "in_progress"
    ended = house.show(survey, "kasen-ka")
    assert (ended["state"], ended["none_held"], ended["answers"]) == ("approved", True, [])
    assert house.show(old, "kasen-ka")["state"] == "approved"
    (succession,) = model.Session.execute(sa.select(Succession)).scalars()
    assert [(one["number"], one["new_number"]) for one in succession.moved] == [(1, 2), (2, 3)]
    acts = model.Session.execute(sa.select(Event.act).where(Event.unit_id.is_not(None))).scalars()
    assert list(acts) == ["holdings_moved"] * 2


def test_chosen_holdings_are_split_off_and_an_approved_response_comes_back(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    kept, given = house.answer(survey), house.answer(survey, title="橋梁台帳")
    house.submit(survey)
    house.approve(survey)
    version = house.show(survey, "doro-ka")["version"]
    house.neighbour(
        "hokkaido_response_submit", survey=survey["id"], unit="doro-ka", version=version, none_held=True, signer="道路"
    )
    split = {"kind": "split", "from_units": ["kasen-ka"], "to_unit": "doro-ka"}
    for wrong in ([], ["nai"]):
        with pytest.raises(tk.ValidationError) as refused:
            house.office("hokkaido_unit_transfer", **split, holdings=wrong)
        assert list(refused.value.error_dict) == ["holdings"]
    done = house.office("hokkaido_unit_transfer", **split, holdings=[given["holding_id"]])
    assert done["surveys"] == [{"id": survey["id"], "title": survey["title"], "rows": 1, "again": True}]
    left, taken = house.show(survey), house.show(survey, "doro-ka")
    assert ([row["id"] for row in left["answers"]], left["state"]) == ([kept["id"]], "approved")
    assert ([row["id"] for row in taken["answers"]], taken["state"]) == ([given["id"]], "returned")
    assert (taken["none_held"], len(taken["remarks"])) == (False, 1)


def test_a_unit_that_was_not_asked_is_asked_now_and_a_draft_follows_too(house):
    survey = house.open_survey()
    house.answer(survey)
    draft = house.open_survey(open=False, fiscal_year=2027)
    _merge(house)
    assert [row["title"] for row in house.show(survey, "doro-ka")["answers"]] == ["河川一覧"]
    shown = house.office("hokkaido_survey_show", id=draft["id"])
    assert [response["unit"]["name"] for response in shown["responses"]] == ["doro-ka"]


def test_a_round_that_was_published_before_is_published_again_after_a_merger(house):
    """AZ-06: the earlier round keeps its response, and its public copy names the unit that holds the data now."""
    house.published_holding()
    (survey,) = house.office("hokkaido_survey_list")
    _merge(house)
    house.office("hokkaido_survey_reopen", id=survey["id"], deadline=house.day(3))
    house.publish(survey)
    found = model.Session.execute(sa.select(Published.unit_id).where(Published.superseded_by.is_(None))).scalars()
    assert list(found) == [model.Group.get("doro-ka").id]


def test_a_change_of_name_is_recorded_only(house):
    survey = house.open_survey()
    row = house.answer(survey)
    done = house.office("hokkaido_unit_transfer", kind="renamed", from_units=["kasen-ka"], to_unit="kasen-ka")
    assert (done["holdings"], house.respondent("hokkaido_answer_show", id=row["id"])["number"]) == ([], 1)
    assert model.Session.scalar(sa.select(Succession.kind)) == "renamed"


def test_what_makes_no_sense_is_refused_and_only_the_office_may(house):
    for wrong, field in (
        ({"to_unit": "kasen-ka"}, "to_unit"),
        ({"kind": "renamed"}, "to_unit"),
        ({"effective_on": house.day(1)}, "effective_on"),
        ({"from_units": ["nai-ka"]}, "units"),
    ):
        with pytest.raises(tk.ValidationError) as refused:
            _merge(house, **wrong)
        assert list(refused.value.error_dict) == [field]
    for who in (house.approver, house.director, house.neighbour):
        with pytest.raises(tk.NotAuthorized):
            who("hokkaido_unit_transfer", kind="merged", from_units=["kasen-ka"], to_unit="doro-ka")


def test_two_transfers_the_other_way_round_take_turns(house):
    """CC: neither waits for the other for ever, and every number stays unique."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路台帳")
    start, failed = threading.Barrier(2), []

    def run(give: str, take: str) -> None:
        start.wait()
        try:
            house.office("hokkaido_unit_transfer", kind="split", from_units=[give], to_unit=take)
        except tk.ValidationError as error:
            failed.append(error)
        finally:
            model.Session.remove()

    model.Session.remove()
    ways = [threading.Thread(target=run, args=way) for way in (("kasen-ka", "doro-ka"), ("doro-ka", "kasen-ka"))]
    for way in ways:
        way.start()
    for way in ways:
        way.join(30)
    assert failed == []
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Holding)) == 2
    assert model.Session.scalar(sa.select(sa.func.count(sa.distinct(Answer.response_id)))) == 1
