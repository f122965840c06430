"""Questions that need no answer: 無 by rule, never more open than what was answered."""

from __future__ import annotations

import itertools

import pytest

from ckanext.hokkaido_inventory.domain.branching import (
    CLAUSES,
    apply_branching,
    contradictions,
    skipped_questions,
)
from ckanext.hokkaido_inventory.domain.disclosure import Decision, decide
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS, of_sheet

SKIPPABLE = ["specific_personal_information", "sensitive_personal_information", "anonymised_release_requested"]
NOTHING_PERSONAL = {"personal_information": "no", "harm_to_order_or_rights": "no", "legal_restriction": "no"}
EVERY = [
    dict(zip(DISCLOSURE_KEYS, row, strict=True))
    for row in itertools.product(("yes", "no", "unclear", None), repeat=len(DISCLOSURE_KEYS))
]


def test_without_personal_information_three_questions_are_answered_by_rule() -> None:
    branched = apply_branching(NOTHING_PERSONAL)
    assert branched.by_rule == SKIPPABLE
    assert branched.answers == NOTHING_PERSONAL | dict.fromkeys(SKIPPABLE, "no")
    assert decide(branched.answers) is Decision.OPEN


@pytest.mark.parametrize("answer", ["yes", "unclear", None])
def test_with_personal_information_or_doubt_nothing_is_assumed(answer: str | None) -> None:
    branched = apply_branching({**NOTHING_PERSONAL, "personal_information": answer})
    assert branched.by_rule == []


def test_an_explicit_answer_wins_over_the_rule() -> None:
    for answers in EVERY:
        stored = apply_branching(answers).answers
        assert {key: stored[key] for key, value in answers.items() if value} == {
            key: value for key, value in answers.items() if value
        }


def test_only_a_row_with_missing_answers_changes_its_decision() -> None:
    for answers in EVERY:
        before, after = decide(answers), decide(apply_branching(answers).answers)
        assert before is after or before is Decision.INCOMPLETE


def test_a_row_opened_by_rule_has_no_doubt_and_nothing_that_speaks_against_it() -> None:
    for answers in EVERY:
        if decide(answers) is not Decision.OPEN and decide(apply_branching(answers).answers) is Decision.OPEN:
            assert set(answers.values()) <= {"no", None}
            assert all(answers[key] == "no" for key in NOTHING_PERSONAL)


def test_a_contradiction_is_kept_and_named() -> None:
    answers = {**NOTHING_PERSONAL, "specific_personal_information": "yes"}
    assert apply_branching(answers).answers == answers
    assert contradictions(answers) == ["specific_personal_information"]
    assert contradictions({**answers, "personal_information": "yes"}) == []


def test_what_the_rule_set_is_taken_back_when_its_reason_goes() -> None:
    first = apply_branching(NOTHING_PERSONAL)
    changed = apply_branching({**first.answers, "personal_information": "yes"}, first.by_rule)
    assert changed.by_rule == []
    assert [changed.answers[key] for key in SKIPPABLE] == [None, None, None]


def test_branching_twice_is_branching_once() -> None:
    for answers in EVERY:
        first = apply_branching(answers)
        assert apply_branching(first.answers, first.by_rule) == first


def test_what_cannot_be_opened_is_not_asked_about_its_publication() -> None:
    skipped = skipped_questions({"harm_to_order_or_rights": "yes"})
    assert set(skipped) == {item.key for item in of_sheet(4)}


def test_what_is_published_is_not_asked_whether_it_suits() -> None:
    skipped = skipped_questions({"publication_status": "published"})
    assert set(skipped) == {"fit_council", "fit_report", "fit_statistics", "fit_budget", "fit_information"}


def test_every_rule_names_its_clause() -> None:
    answers = {**NOTHING_PERSONAL, "publication_status": "published", "api_format": "JSON"}
    rules = {*skipped_questions(answers).values(), *skipped_questions({"harm_to_order_or_rights": "yes"}).values()}
    assert rules == set(CLAUSES)
