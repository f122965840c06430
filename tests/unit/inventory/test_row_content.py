"""The content of a row: what is given, what the branching sets, what is missing."""

from __future__ import annotations

from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.domain.questions import DISCLOSURE_KEYS
from ckanext.hokkaido_inventory.domain.row import Content, Gap, changed_keys, gaps

ALL_NO = dict.fromkeys(DISCLOSURE_KEYS, "no")


def test_blank_answers_are_not_kept():
    assert Content().given({"title": "a", "remarks": None, "format": ""}).answers == {}


def test_an_answer_that_somebody_gives_is_nobodys_rule():
    ruled = Content().given({"title": "a", "personal_information": "no"})
    assert "anonymised_release_requested" in ruled.by_rule
    given = ruled.given({"anonymised_release_requested": "yes"})
    assert "anonymised_release_requested" not in given.by_rule
    assert given.answers["anonymised_release_requested"] == "yes"


def test_branching_again_changes_nothing():
    once = Content().given({"title": "a", "personal_information": "no"})
    assert once.given({}) == once


def test_a_blank_of_a_workbook_stays_a_blank():
    """The sheet's formula says 未回答項目有り there, and so must the server."""
    stored = Content().stored_as({"title": "a", "personal_information": "no", "legal_restriction": None})
    assert (stored.by_rule, stored.decision) == ((), Decision.INCOMPLETE)


def test_a_key_that_a_workbook_does_not_ask_stays():
    before = Content("a", "b", {"system_name": "x", "remarks": "y"})
    assert before.stored_as({"title": "a", "remarks": None}).answers == {"system_name": "x"}


def test_what_was_set_by_rule_and_comes_home_unchanged_is_still_by_rule():
    before = Content().given({"title": "a", "personal_information": "no"})
    assert before.stored_as({"title": "a", **before.answers}) == before


def test_changed_keys_name_columns_and_answers():
    before, after = Content("a", "b", {"format": "CSV"}), Content("a", "c", {"remarks": "x"})
    assert changed_keys(before, after) == {"description", "format", "remarks"}


def test_a_row_that_can_be_opened_has_no_gaps():
    assert list(gaps(Content("a", "b", ALL_NO))) == []


def test_what_cannot_be_opened_needs_a_reason():
    closed = Content("a", "b", ALL_NO | {"harm_to_order_or_rights": "yes"})
    assert [problem.gap for problem in gaps(closed)] == [Gap.REASON_MISSING]


def test_only_a_missing_title_blocks():
    problems = list(gaps(Content()))
    assert [problem.gap for problem in problems if problem.blocks] == [Gap.TITLE_MISSING]
    assert sum(problem.gap is Gap.UNANSWERED for problem in problems) == len(DISCLOSURE_KEYS)
