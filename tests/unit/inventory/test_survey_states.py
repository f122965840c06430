"""States of rounds and responses: only what the tables allow, whatever the order of acts."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ckanext.hokkaido_inventory.domain import response_state, survey_state
from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseAct, ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct, SurveyState
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition

ROUND = [
    (SurveyState.DRAFT, SurveyAct.OPEN, SurveyState.OPEN),
    (SurveyState.OPEN, SurveyAct.CLOSE, SurveyState.CLOSED),
    (SurveyState.CLOSED, SurveyAct.PUBLISH, SurveyState.PUBLISHED),
    (SurveyState.CLOSED, SurveyAct.REOPEN, SurveyState.OPEN),
    (SurveyState.PUBLISHED, SurveyAct.REOPEN, SurveyState.OPEN),
    (SurveyState.PUBLISHED, SurveyAct.ARCHIVE, SurveyState.ARCHIVED),
]


@pytest.mark.parametrize(("state", "act", "expected"), ROUND)
def test_a_round_goes_its_way(state: SurveyState, act: SurveyAct, expected: SurveyState) -> None:
    assert survey_state.advance(state, act) is expected


@pytest.mark.parametrize("act", list(SurveyAct))
def test_an_archived_round_stays_as_it_is(act: SurveyAct) -> None:
    with pytest.raises(IllegalTransition):
        survey_state.advance(SurveyState.ARCHIVED, act)


def test_a_refusal_says_what_is_possible_instead() -> None:
    with pytest.raises(IllegalTransition) as refusal:
        survey_state.advance(SurveyState.OPEN, SurveyAct.PUBLISH)
    assert refusal.value.allowed == (SurveyAct.CLOSE,)


def test_every_state_has_a_name_in_both_languages() -> None:
    for state in (*SurveyState, *ResponseState):
        assert state.wording.ja
        assert state.wording.en


def test_rows_can_be_changed_only_before_submission_and_after_a_return() -> None:
    assert {ResponseState.NOT_STARTED, ResponseState.IN_PROGRESS, ResponseState.RETURNED} == EDITABLE


class ResponseWalk(RuleBasedStateMachine):
    """Do anything in any order and keep an own, simple account of what must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ResponseState.NOT_STARTED
        self.waiting = False
        self.edited = False

    @rule(act=st.sampled_from(ResponseAct))
    def act(self, act: ResponseAct) -> None:
        before = self.state
        try:
            self.state = response_state.advance(before, act)
        except IllegalTransition:
            return
        if act is ResponseAct.EDIT:
            assert not self.waiting
            self.edited = True
        if act in {ResponseAct.SUBMIT, ResponseAct.DECLARE_NONE}:
            assert not self.waiting
            assert act is ResponseAct.DECLARE_NONE or self.edited or before is ResponseState.RETURNED
            self.waiting = True
        if act in {ResponseAct.RETURN, ResponseAct.APPROVE}:
            assert self.waiting or before is ResponseState.APPROVED
            self.waiting = False

    @precondition(lambda self: self.state is ResponseState.APPROVED)
    @rule()
    def an_approved_answer_is_not_edited(self) -> None:
        with pytest.raises(IllegalTransition):
            response_state.advance(self.state, ResponseAct.EDIT)

    @invariant()
    def somebody_can_always_go_on(self) -> None:
        assert any(start is self.state for (start, _act) in response_state.TRANSITIONS)

    @invariant()
    def waiting_is_a_state_of_its_own(self) -> None:
        assert self.waiting == (self.state in {ResponseState.SUBMITTED, ResponseState.NONE_HELD})


TestResponseWalk = ResponseWalk.TestCase


class SurveyWalk(RuleBasedStateMachine):
    """A round is never published while answers come in, and never a draft again."""

    def __init__(self) -> None:
        super().__init__()
        self.state = SurveyState.DRAFT

    @rule(act=st.sampled_from(SurveyAct))
    def act(self, act: SurveyAct) -> None:
        before = self.state
        try:
            self.state = survey_state.advance(before, act)
        except IllegalTransition:
            assert self.state is before
            return
        assert self.state is not SurveyState.DRAFT
        if self.state is SurveyState.PUBLISHED:
            assert before is SurveyState.CLOSED


TestSurveyWalk = SurveyWalk.TestCase
