"""Answering, submitting, returning, approving: what each step demands and what it leaves behind."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.hokkaido_inventory.model import Response, Survey

WHERE = {"unit": "kasen-ka"}


def _end_yesterday(house, survey):
    model.Session.execute(sa.update(Survey).where(Survey.id == survey["id"]).values(deadline=house.day(-1)))
    model.Session.commit()


def _message(refused):
    return refused.value.error_dict["message"][0]


def test_the_first_row_begins_the_response(house):
    survey = house.open_survey()
    house.answer(survey)
    assert house.show(survey)["state"] == "in_progress"


def test_every_change_makes_a_new_version(house):
    survey = house.open_survey()
    row = house.answer(survey)
    first = house.show(survey)["version"]
    house.respondent("hokkaido_answer_update", survey=survey["id"], **WHERE, id=row["id"], description="直した")
    assert house.show(survey)["version"] == first + 1


def test_saving_what_is_there_already_changes_nothing(house):
    survey = house.open_survey()
    row = house.answer(survey)
    before = house.show(survey)
    house.respondent("hokkaido_answer_update", survey=survey["id"], **WHERE, id=row["id"], title=row["title"])
    after = house.show(survey)
    assert (after["version"], len(after["events"])) == (before["version"], len(before["events"]))


def test_an_empty_response_is_not_submitted(house):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError):
        house.submit(survey)
    assert house.show(survey)["state"] == "not_started"


def test_none_held_needs_the_name_of_a_person(house):
    survey = house.open_survey()
    where = {"survey": survey["id"], **WHERE, "version": 1, "none_held": True}
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent("hokkaido_response_submit", **where, signer="  ")
    assert list(refused.value.error_dict) == ["signer"]


def test_none_held_is_signed_and_waits_for_approval(house):
    survey = house.open_survey()
    shown = house.respondent(
        "hokkaido_response_submit", survey=survey["id"], **WHERE, version=1, none_held=True, signer="河川 太郎"
    )
    assert (shown["state"], shown["none_held_signer"]) == ("none_held", "河川 太郎")
    assert house.approve(survey)["state"] == "approved"


def test_none_held_is_refused_beside_rows(house):
    survey = house.open_survey()
    house.answer(survey)
    version = house.show(survey)["version"]
    with pytest.raises(tk.ValidationError) as refused:
        house.respondent(
            "hokkaido_response_submit", survey=survey["id"], **WHERE, version=version, none_held=True, signer="河川"
        )
    assert "1行" in _message(refused) or "1 row" in _message(refused)


def test_what_is_not_answered_is_listed_and_does_not_block(house):
    survey = house.open_survey()
    house.respondent("hokkaido_answer_update", survey=survey["id"], **WHERE, title="河川一覧")
    problems = house.show(survey)["problems"]
    assert {problem["field"] for problem in problems} >= {"description", "personal_information"}
    assert house.submit(survey)["state"] == "submitted"


def test_submitted_answers_stand_still(house):
    survey = house.open_survey()
    row = house.answer(survey)
    house.submit(survey)
    with pytest.raises(tk.ValidationError):
        house.answer(survey, "別のデータ")
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_answer_delete", id=row["id"])


def test_a_submission_sent_twice_is_one(house):
    """CC-03: a double click gets the same answer twice."""
    survey = house.open_survey()
    house.answer(survey)
    version = house.show(survey)["version"]
    sent = {"survey": survey["id"], **WHERE, "version": version}
    first = house.respondent("hokkaido_response_submit", **sent)
    second = house.respondent("hokkaido_response_submit", **sent)
    assert (second["version"], len(second["events"])) == (first["version"], len(first["events"]))


def test_a_stale_submission_is_refused(house):
    """CC-01: what somebody else changed meanwhile is not submitted unseen."""
    survey = house.open_survey()
    house.answer(survey)
    version = house.show(survey)["version"]
    house.answer(survey, "橋梁一覧")
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_response_submit", survey=survey["id"], **WHERE, version=version)
    assert house.show(survey)["state"] == "in_progress"


def test_a_return_needs_a_remark(house):
    survey = house.open_survey()
    house.answer(survey)
    version = house.submit(survey)["version"]
    with pytest.raises(tk.ValidationError) as refused:
        house.approver("hokkaido_response_return", survey=survey["id"], **WHERE, version=version, remark=" ")
    assert list(refused.value.error_dict) == ["remark"]


def test_a_returned_response_carries_its_remarks_to_the_fields(house):
    survey = house.open_survey()
    row = house.answer(survey)
    version = house.submit(survey)["version"]
    house.approver(
        "hokkaido_response_return",
        survey=survey["id"],
        **WHERE,
        version=version,
        remark="全体に確認をお願いします",
        remarks=[{"answer": row["id"], "field": "legal_restriction", "text": "河川法を確認してください"}],
    )
    shown = house.respondent("hokkaido_response_show", survey=survey["id"], **WHERE)
    assert shown["state"] == "returned"
    found = [(remark["number"], remark["field"], remark["text"]) for remark in shown["remarks"]]
    assert sorted(found, key=str) == [
        (1, "legal_restriction", "河川法を確認してください"),
        (None, None, "全体に確認をお願いします"),
    ]
    assert shown["remarks"][0]["created_by"]["name"] == house.approver.name


def test_changing_the_field_settles_its_remark(house):
    survey = house.open_survey()
    row = house.answer(survey)
    version = house.submit(survey)["version"]
    notes = [
        {"answer": row["id"], "field": "title", "text": "名前を確認"},
        {"answer": row["id"], "field": "legal_restriction", "text": "法令を確認"},
    ]
    house.approver("hokkaido_response_return", survey=survey["id"], **WHERE, version=version, remarks=notes)
    house.respondent("hokkaido_answer_update", survey=survey["id"], **WHERE, id=row["id"], title="河川台帳")
    remarks = {remark["field"]: remark["resolved_at"] for remark in house.show(survey)["remarks"]}
    assert remarks["title"]
    assert remarks["legal_restriction"] is None


def test_a_remark_on_a_row_of_another_unit_is_refused(house):
    """AZ-04: nothing of the other unit is confirmed, and nothing is stored."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    house.answer(survey)
    other = house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")
    version = house.submit(survey)["version"]
    with pytest.raises(tk.ValidationError):
        house.approver(
            "hokkaido_response_return",
            survey=survey["id"],
            **WHERE,
            version=version,
            remarks=[{"answer": other["id"], "text": "?"}],
        )
    assert house.show(survey)["state"] == "submitted"
    assert house.show(survey)["remarks"] == []


def test_a_remark_on_a_field_that_does_not_exist_is_refused(house):
    survey = house.open_survey()
    row = house.answer(survey)
    version = house.submit(survey)["version"]
    notes = [{"answer": row["id"], "field": "nai", "text": "?"}]
    with pytest.raises(tk.ValidationError):
        house.approver("hokkaido_response_return", survey=survey["id"], **WHERE, version=version, remarks=notes)


def test_an_approval_binds_to_the_version_that_was_read(house):
    """CC-02: text that the approver has not seen is not approved."""
    survey = house.open_survey()
    row = house.answer(survey)
    seen = house.submit(survey)["version"]
    house.approver("hokkaido_response_return", survey=survey["id"], **WHERE, version=seen, remark="直してください")
    house.respondent("hokkaido_answer_update", survey=survey["id"], **WHERE, id=row["id"], title="すり替え")
    house.submit(survey)
    with pytest.raises(tk.ValidationError):
        house.approver("hokkaido_response_approve", survey=survey["id"], **WHERE, version=seen)
    assert house.show(survey)["state"] == "submitted"


def test_who_submitted_does_not_approve(house):
    """AZ-03: not as administrator of the unit either."""
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey, who=house.approver)
    with pytest.raises(tk.ValidationError):
        house.approve(survey, who=house.approver)
    assert house.show(survey)["state"] == "submitted"


def test_a_system_administrator_does_not_approve_an_own_submission(house):
    """AZ-03: the rule stands in the service, below every permission."""
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey, who=house.sysadmin)
    with pytest.raises(tk.ValidationError):
        house.approve(survey, who=house.sysadmin)


def test_an_approver_of_a_unit_above_may_approve(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    assert house.approve(survey, who=house.director)["approved_by"]["name"] == house.director.name


def test_an_approval_sent_twice_is_one(house):
    survey = house.open_survey()
    house.answer(survey)
    version = house.submit(survey)["version"]
    sent = {"survey": survey["id"], **WHERE, "version": version}
    first = house.approver("hokkaido_response_approve", **sent)
    assert house.approver("hokkaido_response_approve", **sent)["version"] == first["version"]


def test_what_is_not_submitted_is_not_approved(house):
    """AZ-03: a step cannot be skipped by calling the action."""
    survey = house.open_survey()
    house.answer(survey)
    with pytest.raises(tk.ValidationError):
        house.approve(survey)


def test_nothing_is_answered_or_reviewed_in_a_closed_round(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    house.office("hokkaido_survey_close", id=survey["id"])
    with pytest.raises(tk.ValidationError) as refused:
        house.answer(survey, "後から")
    assert "締切済" in _message(refused) or "Closed" in _message(refused)
    with pytest.raises(tk.ValidationError):
        house.approve(survey)
    assert house.show(survey)["notice"]


def test_after_the_deadline_nothing_is_changed(house):
    """TM-02: the server's calendar of Japan decides; a draft is kept."""
    survey = house.open_survey()
    house.answer(survey)
    _end_yesterday(house, survey)
    with pytest.raises(tk.ValidationError):
        house.answer(survey, "遅れた")
    with pytest.raises(tk.ValidationError):
        house.submit(survey)
    shown = house.show(survey)
    assert (len(shown["answers"]), shown["may"]["edit"]) == (1, False)


def test_an_extension_lets_one_unit_go_on(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    _end_yesterday(house, survey)
    extended = house.office("hokkaido_response_extend", survey=survey["id"], **WHERE, deadline=house.day(2))
    assert extended["deadline"] == house.day(2)
    house.answer(survey)
    with pytest.raises(tk.ValidationError):
        house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")


def test_review_goes_on_after_the_deadline(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    _end_yesterday(house, survey)
    assert house.approve(survey)["state"] == "approved"


def test_the_trail_names_who_did_what(house):
    survey = house.open_survey()
    house.answer(survey)
    house.submit(survey)
    house.approve(survey)
    trail = house.show(survey)["events"]
    assert [(event["act"], event["actor"]["name"]) for event in trail] == [
        ("row_added", "kaito"),
        ("response_submitted", "kaito"),
        ("response_approved", "shonin"),
    ]
    assert (trail[-1]["state_from"], trail[-1]["state_to"]) == ("submitted", "approved")


def test_people_and_states_cannot_be_assigned(house):
    """AZ-02, F5: what a request says of approvers, states and units changes nothing."""
    survey = house.open_survey()
    house.respondent(
        "hokkaido_answer_update",
        survey=survey["id"],
        **WHERE,
        title="河川一覧",
        state="approved",
        approved_by=house.approver.id,
        user_id=house.approver.id,
        unit_id="other",
        holding_id="chosen",
        by_rule=["title"],
    )
    shown = house.show(survey)
    assert (shown["state"], shown["approved_by"]) == ("in_progress", None)
    assert shown["answers"][0]["holding_id"] != "chosen"
    assert shown["answers"][0]["by_rule"] == []


def test_a_whole_response_is_read_with_the_same_number_of_statements(house, count_queries):
    survey = house.open_survey()
    house.answer(survey)

    def asked():
        with count_queries() as sent:
            house.respondent("hokkaido_response_show", survey=survey["id"], **WHERE)
        return len(sent)

    few = asked()
    for number in range(15):
        house.answer(survey, f"データ{number}")
    assert asked() == few


def test_a_failed_step_leaves_the_response_as_it_was(house):
    survey = house.open_survey()
    house.answer(survey)
    before = model.Session.execute(sa.select(Response.version, Response.state)).one()
    with pytest.raises(tk.ValidationError):
        house.respondent("hokkaido_response_submit", survey=survey["id"], **WHERE, version=99)
    assert model.Session.execute(sa.select(Response.version, Response.state)).one() == before
