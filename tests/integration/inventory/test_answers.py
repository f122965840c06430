"""Rows: what they take, what the branching sets, how they are known again in the next round."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest


def _save(house, survey, **values):
    return house.respondent("hokkaido_answer_update", survey=survey["id"], unit="kasen-ka", **values)


def test_rows_are_numbered_within_the_unit(house):
    survey = house.open_survey("kasen-ka", "doro-ka")
    other = house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")
    assert [house.answer(survey, title)["number"] for title in ("一", "二")] == [1, 2]
    assert other["number"] == 1


def test_the_number_of_a_deleted_row_is_not_given_again(house):
    survey = house.open_survey()
    house.respondent("hokkaido_answer_delete", id=house.answer(survey, "一")["id"])
    assert house.answer(survey, "二")["number"] == 2


def test_the_decision_follows_from_the_answers(house):
    survey = house.open_survey()
    row = house.answer(survey)
    assert (row["decision"], row["decision_label"]) == ("open", "公開可能")
    assert _save(house, survey, id=row["id"], harm_to_order_or_rights="yes")["decision"] == "closed"


def test_questions_that_the_form_skips_are_answered_by_rule(house):
    survey = house.open_survey()
    row = _save(house, survey, title="河川一覧", personal_information="no")
    assert row["answers"]["specific_personal_information"] == "no"
    assert set(row["by_rule"]) == {
        "specific_personal_information",
        "sensitive_personal_information",
        "anonymised_release_requested",
    }


def test_what_was_set_by_rule_is_taken_back_with_its_cause(house):
    survey = house.open_survey()
    row = _save(house, survey, title="河川一覧", personal_information="no")
    again = _save(house, survey, id=row["id"], personal_information="yes")
    assert again["by_rule"] == []
    assert "specific_personal_information" not in again["answers"]


def test_what_is_not_sent_stays_and_what_is_sent_empty_is_cleared(house):
    survey = house.open_survey()
    row = _save(house, survey, title="河川一覧", remarks="内部", system_name="河川台帳システム")
    changed = _save(house, survey, id=row["id"], remarks="")
    assert changed["answers"] == {"system_name": "河川台帳システム"}


def test_a_row_needs_a_name(house):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError) as refused:
        _save(house, survey, title=" 　", description="説明だけ")
    assert list(refused.value.error_dict) == ["title"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("personal_information", "maybe"),
        ("reason", "because"),
        ("need_confirmed_on", "2026-02-30"),
        ("record_count", "たくさん"),
        ("title", "あ" * 301),
        ("remarks", ["a", "b"]),
    ],
)
def test_a_value_that_a_question_does_not_take_is_named(house, field, value):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError) as refused:
        _save(house, survey, **({"title": "河川一覧"} | {field: value}))
    assert list(refused.value.error_dict) == [field]


def test_all_wrong_values_are_named_at_once(house):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError) as refused:
        _save(house, survey, title="河川一覧", personal_information="?", record_count="-1")
    assert set(refused.value.error_dict) == {"personal_information", "record_count"}


def test_full_width_digits_are_read(house):
    survey = house.open_survey()
    assert _save(house, survey, title="河川一覧", record_count="１，２００")["answers"]["record_count"] == 1200


def test_characters_that_nobody_sees_are_left_out(house):
    """UP-15: a NUL never reaches the database, a direction mark never a page."""
    survey = house.open_survey()
    assert _save(house, survey, title="河\x00川\u202e一覧")["title"] == "河川一覧"


def test_the_very_same_row_is_not_added_twice(house):
    """CC-03."""
    survey = house.open_survey()
    assert house.answer(survey)["id"] == house.answer(survey)["id"]
    assert len(house.show(survey)["answers"]) == 1


def test_two_people_do_not_overwrite_one_another(house):
    """CC-01: the second to save is told, and nothing is lost."""
    survey = house.open_survey()
    row = house.answer(survey)
    _save(house, survey, id=row["id"], version=row["version"], title="一人目")
    with pytest.raises(tk.ValidationError):
        _save(house, survey, id=row["id"], version=row["version"], title="二人目")
    assert house.respondent("hokkaido_answer_show", id=row["id"])["title"] == "一人目"


def test_a_row_is_found_by_its_number_too(house):
    survey = house.open_survey()
    row = house.answer(survey)
    assert _save(house, survey, number=row["number"], title="改名")["id"] == row["id"]


def test_a_number_that_does_not_exist_is_refused(house):
    survey = house.open_survey()
    with pytest.raises(tk.ValidationError):
        _save(house, survey, number=7, title="河川一覧")


def test_a_row_of_another_unit_is_not_reached_through_ones_own(house):
    """AZ-01, AZ-02: an id of another unit is the same as one that does not exist."""
    survey = house.open_survey("kasen-ka", "doro-ka")
    other = house.neighbour("hokkaido_answer_update", survey=survey["id"], unit="doro-ka", title="道路一覧")
    with pytest.raises(tk.ValidationError) as refused:
        _save(house, survey, id=other["id"], title="横取り")
    with pytest.raises(tk.ValidationError) as unknown:
        _save(house, survey, id="there-is-none", title="横取り")
    assert refused.value.error_dict == unknown.value.error_dict
    assert house.neighbour("hokkaido_answer_show", id=other["id"])["title"] == "道路一覧"


def test_the_next_round_knows_a_holding_again(house):
    first = house.open_survey(fiscal_year=2025)
    before = house.answer(first)
    second = house.open_survey(fiscal_year=2026)
    same, other = house.answer(second), house.answer(second, "新しいデータ")
    assert (same["holding_id"], same["number"]) == (before["holding_id"], before["number"])
    assert (before["change"], same["change"], other["change"]) == ("new", "unchanged", "new")


def test_a_row_that_says_something_else_than_last_year_is_changed(house):
    house.answer(house.open_survey(fiscal_year=2025))
    second = house.open_survey(fiscal_year=2026)
    assert house.answer(second, legal_restriction="yes")["change"] == "changed"


def test_a_row_shows_what_was_remarked_on_it(house):
    survey = house.open_survey()
    row = house.answer(survey)
    version = house.submit(survey)["version"]
    house.approver(
        "hokkaido_response_return",
        survey=survey["id"],
        unit="kasen-ka",
        version=version,
        remarks=[{"answer": row["id"], "field": "title", "text": "名前を確認"}],
    )
    shown = house.respondent("hokkaido_answer_show", id=row["id"])
    assert [remark["text"] for remark in shown["remarks"]] == ["名前を確認"]
    assert shown["may"]["edit"]
