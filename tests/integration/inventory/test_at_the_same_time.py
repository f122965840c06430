"""Two people at the same moment: one after the other, nothing lost, nothing doubled."""

from __future__ import annotations

import threading

import ckan.plugins.toolkit as tk
import pytest
from ckan import model


@pytest.fixture
def together():
    """Run functions in threads of their own, all starting at once; return what each gave or raised."""

    def run(*functions):
        start = threading.Barrier(len(functions))
        outcomes = [None] * len(functions)

        def one(place):
            start.wait()
            try:
                outcomes[place] = functions[place]()
            except tk.ValidationError as refused:
                outcomes[place] = refused
            finally:
                model.Session.remove()

        threads = [threading.Thread(target=one, args=(place,)) for place in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        model.Session.remove()
        return outcomes

    return run


def test_rows_added_at_once_get_numbers_of_their_own(house, together):
    """CC-09."""
    survey = house.open_survey()
    together(*(lambda title=title: house.answer(survey, title) for title in ("一", "二", "三", "四")))
    shown = house.show(survey)
    assert sorted(row["number"] for row in shown["answers"]) == [1, 2, 3, 4]
    assert shown["version"] == 5


def test_rows_added_at_once_in_two_rounds_get_numbers_of_their_own(house, together):
    first, second = house.open_survey(fiscal_year=2025), house.open_survey(fiscal_year=2026)
    rows = together(lambda: house.answer(first, "一"), lambda: house.answer(second, "二"))
    assert sorted(row["number"] for row in rows) == [1, 2]


def test_of_an_approval_and_a_return_at_once_one_holds(house, together):
    """CC-02, CC-07: whoever comes second is told that the answers are not what was read."""
    survey = house.open_survey()
    house.answer(survey)
    where = {"survey": survey["id"], "unit": "kasen-ka", "version": house.submit(survey)["version"]}
    outcomes = together(
        lambda: house.approver("hokkaido_response_approve", **where),
        lambda: house.director("hokkaido_response_return", **where, remark="確認してください"),
    )
    assert sum(isinstance(outcome, tk.ValidationError) for outcome in outcomes) == 1
    assert house.show(survey)["state"] in {"approved", "returned"}


def test_of_two_savings_of_one_version_one_holds(house, together):
    """CC-01."""
    survey = house.open_survey()
    row = house.answer(survey)

    def save(title):
        return house.respondent(
            "hokkaido_answer_update",
            survey=survey["id"],
            unit="kasen-ka",
            id=row["id"],
            version=row["version"],
            title=title,
        )

    outcomes = together(lambda: save("一人目"), lambda: save("二人目"))
    assert sum(isinstance(outcome, tk.ValidationError) for outcome in outcomes) == 1


def test_a_row_sent_twice_at_once_is_one(house, together):
    """CC-03: a double click."""
    survey = house.open_survey()
    together(lambda: house.answer(survey), lambda: house.answer(survey))
    assert len(house.show(survey)["answers"]) == 1


def test_a_holding_promoted_twice_at_once_becomes_one_dataset(house, together):
    """CC-03."""
    holding = house.published_holding()
    first, second = together(
        lambda: house.respondent("hokkaido_holding_promote", id=holding["id"]),
        lambda: house.approver("hokkaido_holding_promote", id=holding["id"]),
    )
    assert first["id"] == second["id"]
    assert model.Session.query(model.Package).count() == 1


def test_an_answer_at_the_moment_of_closing_is_in_or_refused(house, together):
    """The survey is locked before its responses, so neither waits for the other for ever."""
    survey = house.open_survey()
    answered, _closed = together(
        lambda: house.answer(survey), lambda: house.office("hokkaido_survey_close", id=survey["id"])
    )
    rows = house.show(survey)["answers"]
    assert len(rows) == (0 if isinstance(answered, tk.ValidationError) else 1)


def test_two_reviewers_with_overlapping_sets_do_not_block_one_another(house, together, make_person):
    """CC-07: the sets are locked in one order, so one comes after the other, and each response is approved once."""
    units = ["kasen-ka", "doro-ka"]
    second = make_person("jicho", kensetsu_bu="admin")
    survey = house.open_survey(*units)
    items = []
    for unit in units:
        house.sysadmin("hokkaido_answer_update", survey=survey["id"], unit=unit, title="台帳")
        version = house.submit(survey, unit, who=house.sysadmin)["version"]
        items.append({"survey": survey["id"], "unit": unit, "version": version})
    outcomes = together(
        lambda: house.director("hokkaido_review_approve", responses=items),
        lambda: second("hokkaido_review_approve", responses=items[::-1]),
    )
    assert sorted(len(outcome["approved"]) for outcome in outcomes) == [0, 2]
    assert [house.show(survey, unit)["state"] for unit in units] == ["approved", "approved"]
