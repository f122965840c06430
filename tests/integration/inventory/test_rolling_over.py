"""A round made of the last one, the clock that opens rounds, and what a round for practice never does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory import duties
from ckanext.hokkaido_inventory.model import Answer, Holding, Response, Succession, Survey
from ckanext.hokkaido_inventory.service import survey as surveys


def test_every_unit_finds_its_rows_again(house):
    """One call: same units, next year, content as it was said last, what was gone left out, nothing looked at yet."""
    last = house.open_survey("kasen-ka", "biei-cho")
    kept = house.answer(last, remarks="備考も続く")
    gone = house.answer(last, title="廃止した台帳")
    model.Session.execute(sa.update(Answer).where(Answer.id == gone["id"]).values(change="gone"))
    model.Session.commit()
    house.office("hokkaido_survey_close", id=last["id"])

    new = house.office("hokkaido_survey_roll_over", id=last["id"], open=True)

    assert (new["title"], new["fiscal_year"], new["state"]) == ("令和9年度 棚卸し調査", 2027, "open")
    assert new["previous"] == last["id"]
    assert new["warnings"] == []
    assert [event["act"] for event in new["events"]] == ["survey_created", "survey_rolled_over", "survey_opened"]
    assert [(row["unit"]["name"], row["state"], row["rows"]) for row in new["responses"]] == [
        ("kasen-ka", "not_started", 1),
        ("biei-cho", "not_started", 0),
    ]
    (row,) = house.show(new)["answers"]
    assert (row["holding_id"], row["number"], row["change"]) == (kept["holding_id"], kept["number"], "carried")
    assert (row["title"], row["answers"]["remarks"], row["version"]) == ("河川一覧", "備考も続く", 1)


def test_rows_come_from_the_last_round_that_a_unit_answered(house):
    """A unit that was left out of a round, or did not answer it, loses nothing; a practice round gives nothing."""
    first = house.open_survey("kasen-ka", "doro-ka", fiscal_year=2024)
    house.answer(first, title="古い名前")
    second = house.open_survey("doro-ka", fiscal_year=2025)
    practice = house.open_survey("kasen-ka", fiscal_year=2025, training=True)
    house.answer(practice, title="練習")

    new = house.office("hokkaido_survey_roll_over", id=second["id"], deadline=house.day(9))
    assert new["fiscal_year"] == 2026
    more = house.office("hokkaido_survey_update", id=new["id"], units=["doro-ka", "kasen-ka"])

    assert [row["title"] for row in house.show(more)["answers"]] == ["古い名前"]
    fewer = house.office("hokkaido_survey_update", id=new["id"], units=["doro-ka"])
    assert [row["unit"]["name"] for row in fewer["responses"]] == ["doro-ka"]


def test_a_holding_comes_back_where_it_is_held_now_and_successors_are_asked(house):
    """AZ-06: rows follow a holding to the unit that has it; a merged unit is followed by its successor."""
    last = house.open_survey()
    row = house.answer(last)
    kasen, doro = (model.Group.get(name).id for name in ("kasen-ka", "doro-ka"))
    model.Session.execute(sa.update(Holding).where(Holding.id == row["holding_id"]).values(unit_id=doro, number=7))
    model.Session.add(Succession(from_unit_id=kasen, to_unit_id=doro, kind="merged", effective_on=date(2027, 4, 1)))
    model.Session.commit()

    new = house.office("hokkaido_survey_roll_over", id=last["id"])

    assert [response["unit"]["name"] for response in new["responses"]] == ["doro-ka"]
    assert [(row["number"], row["title"]) for row in house.show(new, "doro-ka")["answers"]] == [(7, "河川一覧")]


def test_a_unit_that_held_none_is_told_so(house):
    last = house.open_survey()
    version = house.show(last)["version"]
    house.respondent(
        "hokkaido_response_submit",
        survey=last["id"],
        unit="kasen-ka",
        version=version,
        none_held=True,
        signer="山田 太郎",
    )
    new = house.office("hokkaido_survey_roll_over", id=last["id"], open=True)
    shown = house.show(new)
    assert (shown["answers"], shown["none_held_before"]) == ([], True)
    assert house.show(last)["none_held_before"] is False


def test_a_draft_is_not_rolled_over_and_only_the_office_rolls_over(house):
    draft = house.open_survey(open=False)
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_roll_over", id=draft["id"])
    opened = house.open_survey()
    for who in (house.respondent, house.approver):
        with pytest.raises(tk.NotAuthorized):
            who("hokkaido_survey_roll_over", id=opened["id"])


def test_the_clock_opens_a_round_on_its_day_in_japan_once(house):
    """TM-01, TM-06: at 00:00 Japan time, never twice, and late when the clock stood still."""
    made = house.open_survey(opens_on="2027-04-01", deadline="2027-05-07", fiscal_year=2027)
    assert (made["state"], made["opens_on"]) == ("draft", "2027-04-01")
    eve, midnight = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
    assert surveys.open_due(model.Session(), at=eve) == []
    assert surveys.open_due(model.Session(), at=midnight) == [made["id"]]
    assert surveys.open_due(model.Session(), at=midnight) == []
    model.Session.rollback()
    assert surveys.open_due(model.Session(), at=datetime(2027, 4, 20, tzinfo=UTC)) == [made["id"]]
    assert surveys.open_due(model.Session(), at=datetime(2027, 5, 8, tzinfo=UTC)) == []
    model.Session.rollback()

    missed = house.open_survey(open=False, opens_on=house.day(-3))
    duties.open_surveys()
    shown = house.office("hokkaido_survey_show", id=missed["id"])
    assert (shown["state"], shown["events"][-1]["actor"]) == ("open", None)


def test_the_day_of_opening_is_checked_and_can_be_taken_away(house):
    with pytest.raises(tk.ValidationError) as refused:
        house.open_survey(opens_on=house.day(20))
    assert list(refused.value.error_dict) == ["opens_on"]
    made = house.open_survey(opens_on=house.day(3))
    changed = house.office("hokkaido_survey_update", id=made["id"], opens_on="", training=True, question_set="light")
    assert (changed["opens_on"], changed["training"], changed["question_set"]) == (None, True, "light")
    house.office("hokkaido_survey_open", id=made["id"])
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_update", id=made["id"], training=False)


def test_a_round_for_practice_is_never_published(house):
    survey = house.open_survey(training=True)
    house.answer(survey)
    house.submit(survey)
    house.approve(survey)
    closed = house.office("hokkaido_survey_close", id=survey["id"])
    assert closed["may"]["publish"] is False
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_publish", id=survey["id"])
    assert house.nobody("hokkaido_holding_search")["count"] == 0


def test_a_deadline_on_a_day_off_is_a_warning_with_the_next_working_day(house):
    """TM-02: the four holidays of Golden Week are stepped over; nothing is refused."""
    survey = house.open_survey(deadline="2098-05-03")
    (warning,) = survey["warnings"]
    assert (survey["state"], warning["offered"]) == ("open", "2098-05-07")


def test_units_are_chosen_by_kind_and_by_bureau(house, make_unit):
    for name, code in (("sapporo-shi", "011002"), ("hakodate-shi", "012025")):
        town = make_unit(name)
        town.extras = {"kind": "municipality", "code": code}
    model.Session.commit()

    def asked(**choice: object) -> list[str]:
        values = {"title": "x", "fiscal_year": 2026, "deadline": house.day(9)} | choice
        made = house.office("hokkaido_survey_create", **values)
        return sorted(response["unit"]["name"] for response in made["responses"])

    assert asked(kinds=["municipality"]) == ["hakodate-shi", "sapporo-shi"]
    assert asked(bureaus=["01330"], units=["kasen-ka"]) == ["hakodate-shi", "kasen-ka"]
    with pytest.raises(tk.ValidationError) as refused:
        asked(bureaus=["99999"])
    assert "99999" in refused.value.error_dict["bureaus"][0]


def test_more_time_is_given_to_all_chosen_units_or_to_none(house):
    """AZ-04."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    with pytest.raises(tk.ObjectNotFound):
        house.office("hokkaido_survey_extend", id=survey["id"], units=["kasen-ka", "biei-cho"], deadline=house.day(30))
    model.Session.rollback()
    assert {row["deadline"] for row in house.office("hokkaido_response_list", survey=survey["id"])} == {house.day(14)}
    done = house.office(
        "hokkaido_survey_extend", id=survey["id"], units=["kasen-ka", "doro-ka"], deadline=house.day(30)
    )
    assert {row["deadline"] for row in done["responses"]} == {house.day(30)}


def test_the_reason_of_a_reopening_is_kept_for_the_office(house):
    survey = house.open_survey()
    house.office("hokkaido_survey_close", id=survey["id"])
    again = house.office("hokkaido_survey_reopen", id=survey["id"], reason="道路課の訂正のため")
    assert again["events"][-1]["note"] == "道路課の訂正のため"
    assert (
        "events" not in house.respondent("hokkaido_survey_show", id=survey["id"])
        or not house.respondent("hokkaido_survey_show", id=survey["id"])["events"]
    )
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Survey)) == 1
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1
