"""The plan of openings, and making datasets of many holdings at once."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_core import tasks
from ckanext.hokkaido_core.model.task import Task
from ckanext.hokkaido_inventory.model import Event, Opening, Published

SECRET = "担当者しか知らない事情"


def _published(house, **rows):
    """Publish a round with rows given by title, and return the ids of their holdings by title."""
    survey = house.open_survey()
    ids = {title: house.answer(survey, title, **values)["holding_id"] for title, values in rows.items()}
    house.submit(survey)
    house.approve(survey)
    house.publish(survey)
    return ids


def test_a_day_is_planned_moved_and_taken_away_and_the_trail_knows(house):
    """LK: the note stays with the staff; D3: how far it has come is the dataset's affair."""
    holding = house.published_holding()
    planned = house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(30), note=SECRET)
    assert (planned["planned_on"], planned["note"], planned["overdue"]) == (house.day(30), SECRET, False)
    moved = house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(60))
    assert (moved["planned_on"], moved["note"]) == (house.day(60), SECRET)
    house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(60))
    public = json.dumps(
        [house.nobody("hokkaido_holding_show", id=holding["id"]), house.nobody("hokkaido_holding_search")]
    )
    assert SECRET not in public
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    (entry,) = house.office("hokkaido_opening_list")["results"]
    assert (entry["status"], entry["dataset"]["id"]) == ("preparing", dataset["id"])
    house.office("hokkaido_opening_update", holding=holding["id"], planned_on="")
    assert model.Session.query(Opening).count() == 0
    acts = model.Session.query(Event).filter_by(act="opening_planned").order_by(Event.at).all()
    assert [event.detail["planned_on"] for event in acts] == [house.day(30), house.day(60), None]
    assert SECRET not in json.dumps([event.detail for event in acts])


def test_a_day_that_is_over_is_refused_and_one_that_has_become_so_is_overdue(house):
    holding = house.published_holding()
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(-1))
    assert list(refused.value.error_dict) == ["planned_on"]
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on="2026-13-40")
    house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(0))
    model.Session.execute(sa.update(Opening).values(planned_on=house.day(-3)))
    model.Session.commit()
    (entry,) = house.respondent("hokkaido_opening_list")["results"]
    assert entry["overdue"]
    kept = house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(-3), note="遅れます")
    assert (kept["note"], kept["overdue"]) == ("遅れます", True)


def test_what_cannot_be_opened_is_not_planned_and_what_needs_thought_says_what(house):
    ids = _published(
        house,
        名簿={"harm_to_order_or_rights": "yes", "reason": "corporate"},
        統計個票={"legal_restriction": "yes", "reason": "law", "law": "統計法第41条"},
        河川一覧={},
    )
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_opening_update", holding=ids["名簿"], planned_on=house.day(9))
    listed = house.respondent("hokkaido_opening_list", unit="kasen-ka", unplanned=True)["results"]
    assert {entry["title"]: entry["may"]["promote"] for entry in listed} == {"統計個票": False, "河川一覧": True}
    needed = next(entry["needed"] for entry in listed if entry["title"] == "統計個票")
    assert needed
    assert next(entry["needed"] for entry in listed if entry["title"] == "河川一覧") == []


def test_the_plan_of_a_unit_is_seen_by_its_people_and_the_office_only(house):
    """AZ-01, AZ-05: others are told “not allowed” of what is public, and nothing of what is not."""
    holding = house.published_holding()
    unpublished = house.answer(house.open_survey(), "工事中の台帳")["holding_id"]
    house.respondent("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(5))
    house.respondent("hokkaido_opening_update", holding=unpublished, planned_on=house.day(6))
    seen = {
        who: getattr(house, who)("hokkaido_opening_list")["count"]
        for who in ("reader", "office", "neighbour", "citizen")
    }
    assert seen == {"reader": 2, "office": 2, "neighbour": 0, "citizen": 0}
    assert house.neighbour("hokkaido_opening_list", unit="kasen-ka", unplanned=True)["count"] == 0
    with pytest.raises(tk.NotAuthorized):
        house.neighbour("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(9))
    with pytest.raises(tk.ObjectNotFound):
        house.neighbour("hokkaido_opening_update", holding=unpublished, planned_on=house.day(9))
    with pytest.raises(tk.NotAuthorized):
        house.reader("hokkaido_opening_update", holding=holding["id"], planned_on=house.day(9))
    with pytest.raises(tk.NotAuthorized):
        house.nobody("hokkaido_opening_list")


def test_several_holdings_are_promoted_and_each_says_what_became_of_it(house):
    """CC-03: again gives the same datasets; AZ-01: what is another unit's is refused, and the rest is made."""
    ids = _published(house, 河川一覧={"update_frequency": "毎年"}, ダム一覧={}, 個票={"legal_restriction": "yes"})
    asked = [ids["河川一覧"], ids["個票"], "there-is-none", ids["ダム一覧"]]
    done = house.respondent("hokkaido_holding_promote_many", ids=asked)
    assert [one["outcome"] for one in done["results"]] == ["made", "refused", "refused", "made"]
    assert all(one["message"] for one in done["results"] if one["outcome"] == "refused")
    again = house.respondent("hokkaido_holding_promote_many", ids=asked)["results"]
    assert [one["outcome"] for one in again] == ["present", "refused", "refused", "present"]
    assert model.Session.query(model.Package).count() == 2
    refused = house.neighbour("hokkaido_holding_promote_many", ids=[ids["河川一覧"]])["results"]
    assert [one["outcome"] for one in refused] == ["refused"]
    with pytest.raises(tk.NotAuthorized):
        house.citizen("hokkaido_holding_promote_many", ids=asked)


def test_many_holdings_are_promoted_in_the_background_with_the_rights_of_who_asked(house):
    ids = list(_published(house, 河川一覧={}, ダム一覧={}).values())
    asked = [*ids, *(f"missing-{number}" for number in range(20))]
    task_id = house.respondent("hokkaido_holding_promote_many", ids=asked)["task"]
    tasks.run(task_id)
    task = model.Session.get(Task, task_id)
    assert (task.state, task.done, task.total) == ("done", 22, 22)
    assert task.result["counts"] == {"made": 2, "refused": 20}
    tasks.run(task_id)
    assert model.Session.query(model.Package).count() == 2


def test_a_dataset_gets_what_the_public_copy_knows_and_nothing_else(house):
    """LK: remarks, system and columns of the answers stay behind."""
    holding = house.published_holding(
        format="CSV", remarks=SECRET, system_name=SECRET, columns=SECRET, reason_note=SECRET
    )
    model.Session.execute(sa.update(Published).values(theme="environment", record_count=1234))
    model.Session.commit()
    dataset = house.respondent("hokkaido_holding_promote", id=holding["id"])
    assert dataset["theme"] == ["environment"]
    assert dataset["url"].endswith(f"/inventory/{holding['id']}")
    assert "1,234件" in dataset["provenance"]
    assert SECRET not in json.dumps(dataset, ensure_ascii=False)


@pytest.mark.parametrize("listing", ["staff", "withheld"])
def test_what_is_not_listed_for_all_becomes_no_dataset(house, listing):
    """LK: the title of a dataset would tell what the list keeps back."""
    holding = house.published_holding()
    model.Session.execute(sa.update(Published).values(listing=listing))
    model.Session.commit()
    # What is withheld has no page, for nobody; what is listed for staff has one, and is refused with the reason.
    with pytest.raises(tk.ObjectNotFound if listing == "withheld" else tk.ValidationError):
        house.respondent("hokkaido_holding_promote", id=holding["id"])
    assert model.Session.query(model.Package).count() == 0
