"""A round from draft to archive: who may walk it, and what each step demands."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Event, Survey


def test_a_round_is_created_with_a_response_for_each_unit(house):
    survey = house.open_survey("kasen-ka", "biei-cho")
    assert [response["unit"]["name"] for response in survey["responses"]] == ["kasen-ka", "biei-cho"]
    assert survey["fiscal_year_label"] == "令和8年度（2026年度）"


def test_a_draft_is_unknown_to_its_units(house):
    survey = house.open_survey(open=False)
    with pytest.raises(tk.ObjectNotFound):
        house.respondent("hokkaido_survey_show", id=survey["id"])


def test_an_opened_draft_is_known_to_its_units(house):
    survey = house.open_survey(open=False)
    house.office("hokkaido_survey_open", id=survey["id"])
    assert house.respondent("hokkaido_survey_show", id=survey["id"])["state"] == "open"


def test_an_unknown_unit_is_named(house):
    with pytest.raises(tk.ValidationError) as refused:
        house.open_survey("kasen-ka", "nai-ka")
    assert "nai-ka" in refused.value.error_dict["units"][0]
    assert house.office("hokkaido_survey_list") == []


def test_a_round_is_not_opened_with_a_deadline_that_is_over(house):
    with pytest.raises(tk.ValidationError) as refused:
        house.open_survey(deadline=house.day(-1))
    assert list(refused.value.error_dict) == ["deadline"]


def test_a_deadline_of_today_can_be_opened(house):
    """TM-02: the last day counts in full."""
    assert house.open_survey(deadline=house.day(0))["state"] == "open"


def test_a_deadline_that_is_no_date_is_explained(house):
    with pytest.raises(tk.ValidationError) as refused:
        house.open_survey(deadline="来週の金曜")
    assert "2026-12-18" in refused.value.error_dict["deadline"][0]


def test_states_owners_and_people_cannot_be_assigned(house):
    """AZ-02: what the action does not name is ignored."""
    survey = house.open_survey(
        open=False, state="published", id="chosen", created_by=house.citizen.id, version=9, published_at="2020-01-01"
    )
    assert survey["state"] == "draft"
    assert survey["id"] != "chosen"
    stored = model.Session.get(Survey, survey["id"])
    assert (stored.created_by, stored.version, stored.published_at) == (house.office.id, 1, None)


def test_a_closed_round_is_reopened_with_a_trace(house):
    survey = house.open_survey()
    house.office("hokkaido_survey_close", id=survey["id"])
    again = house.office("hokkaido_survey_reopen", id=survey["id"], deadline=house.day(3))
    assert (again["state"], again["deadline"]) == ("open", house.day(3))
    last = again["events"][-1]
    assert (last["act"], last["state_from"], last["state_to"]) == ("survey_reopened", "closed", "open")
    assert last["actor"]["name"] == house.office.name


def test_reopening_after_the_deadline_asks_for_a_new_one(house):
    survey = house.open_survey()
    house.office("hokkaido_survey_close", id=survey["id"])
    _end_yesterday(survey, house)
    with pytest.raises(tk.ValidationError) as refused:
        house.office("hokkaido_survey_reopen", id=survey["id"])
    assert list(refused.value.error_dict) == ["deadline"]


@pytest.mark.parametrize(
    ("before", "step"),
    [((), "publish"), ((), "reopen"), ((), "open"), (("close",), "close"), (("close", "archive"), "reopen")],
)
def test_a_step_that_the_table_does_not_know_is_refused(house, before, step):
    """AZ-03: states are walked in the actions, not in the pages."""
    survey = house.open_survey()
    for earlier in before:
        house.office(f"hokkaido_survey_{earlier}", id=survey["id"])
    state = house.office("hokkaido_survey_show", id=survey["id"])["state"]
    with pytest.raises(tk.ValidationError):
        house.office(f"hokkaido_survey_{step}", id=survey["id"])
    assert house.office("hokkaido_survey_show", id=survey["id"])["state"] == state


def test_units_can_be_added_but_not_taken_away_while_open(house):
    survey = house.open_survey("kasen-ka")
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_update", id=survey["id"], units=["doro-ka"])
    changed = house.office("hokkaido_survey_update", id=survey["id"], units=["kasen-ka", "doro-ka"])
    assert {response["unit"]["name"] for response in changed["responses"]} == {"kasen-ka", "doro-ka"}


def test_what_is_not_given_stays(house):
    survey = house.open_survey(instructions="12月までに")
    changed = house.office("hokkaido_survey_update", id=survey["id"], title="新しい名前")
    assert (changed["title"], changed["instructions"]) == ("新しい名前", "12月までに")


def test_the_counts_of_the_office_follow_the_responses(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    house.submit(survey)
    counts = house.office("hokkaido_survey_show", id=survey["id"])["counts"]
    assert (counts["units"], counts["rows"], counts["submitted"], counts["not_started"]) == (2, 1, 1, 1)


def test_a_unit_learns_nothing_of_the_others(house):
    """AZ-01: neither their responses nor their counts nor the office's trail."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    seen = house.respondent("hokkaido_survey_show", id=survey["id"])
    assert [response["unit"]["name"] for response in seen["responses"]] == ["kasen-ka"]
    assert (seen["counts"], seen["events"]) == (None, [])


def test_the_list_shows_each_person_their_own_rounds(house):
    house.open_survey("kasen-ka")
    assert len(house.office("hokkaido_survey_list")) == 1
    assert [one["responses"][0]["unit"]["name"] for one in house.respondent("hokkaido_survey_list")] == ["kasen-ka"]
    assert house.mayor("hokkaido_survey_list") == []
    assert house.citizen("hokkaido_survey_list") == []


def test_lists_and_boards_do_not_ask_the_database_more_for_more_units(house, make_unit, count_queries):
    names = [make_unit(f"ka-{number}").name for number in range(40)]
    small, large = house.open_survey("kasen-ka"), house.open_survey(*names)

    def asked(action, **data):
        with count_queries() as sent:
            house.office(action, **data)
        return len(sent)

    assert asked("hokkaido_survey_show", id=large["id"]) == asked("hokkaido_survey_show", id=small["id"])
    assert asked("hokkaido_response_list", survey=large["id"]) < 15
    assert asked("hokkaido_survey_list") < 12


def test_the_trail_of_a_failed_step_is_not_kept(house):
    survey = house.open_survey()
    before = _events()
    with pytest.raises(tk.ValidationError):
        house.office("hokkaido_survey_publish", id=survey["id"])
    assert _events() == before


def test_units_are_listed_with_kind_and_parent(house):
    units = {unit["name"]: unit for unit in house.office("hokkaido_unit_list")}
    assert units["kasen-ka"]["parent"] == units["kensetsu-bu"]["id"]
    assert units["biei-cho"]["parent"] is None


def _events():
    return model.Session.scalar(sa.select(sa.func.count()).select_from(Event))


def _end_yesterday(survey, house):
    model.Session.execute(sa.update(Survey).where(Survey.id == survey["id"]).values(deadline=house.day(-1)))
    model.Session.commit()
