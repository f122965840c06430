"""States of rounds and responses: only what the tables allow, whatever the order of acts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ckanext.hokkaido_inventory.domain import intake_state, response_state, reviewing, survey_state
from ckanext.hokkaido_inventory.domain.intake_state import IntakeAct, IntakeState
from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseAct, ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import Stage
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct, SurveyState
from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition

FEW = settings(max_examples=40, stateful_step_count=30, deadline=None)
PEOPLE = st.sampled_from(["kaito", "shonin", "bucho", "chosa"])

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
    for state in (*SurveyState, *ResponseState, *IntakeState):
        assert state.wording.ja
        assert state.wording.en


def test_rows_can_be_changed_only_before_submission_and_after_a_return() -> None:
    assert {ResponseState.NOT_STARTED, ResponseState.IN_PROGRESS, ResponseState.RETURNED} == EDITABLE


class ResponseWalk(RuleBasedStateMachine):
    """Let anybody do anything in any order, in a round of one or two stages, and keep an own account (AZ-03, CC-02).

    The machine does what the service does with the rules of the domain; the account is kept in plain words beside it:
    a text with a version, who handed it in, who approved which text, and one line in the trail for every act that was
    possible.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state, self.version, self.text = ResponseState.NOT_STARTED, 1, 0
        self.submitted_by: str | None = None
        self.endorsed_by: str | None = None
        self.approved_text: int | None = None
        self.trail: list[tuple[ResponseState, ResponseAct, ResponseState]] = []

    @initialize(second_stage=st.booleans())
    def begin(self, second_stage: bool) -> None:
        self.second_stage = second_stage

    def walk(self, act: ResponseAct) -> bool:
        before = self.state
        try:
            self.state = response_state.advance(before, act)
        except IllegalTransition:
            assert (before, act) not in response_state.TRANSITIONS
            assert self.state is before
            return False
        self.version += 1
        self.trail.append((before, act, self.state))
        return True

    @rule()
    def edit(self) -> None:
        before = self.state
        if self.walk(ResponseAct.EDIT):
            assert before in EDITABLE
            self.text += 1

    @rule(act=st.sampled_from([ResponseAct.SUBMIT, ResponseAct.DECLARE_NONE]), who=PEOPLE)
    def hand_in(self, act: ResponseAct, who: str) -> None:
        if self.walk(act):
            self.submitted_by, self.endorsed_by, self.approved_text = who, None, None

    @rule(who=PEOPLE, office=st.booleans())
    def approve(self, who: str, office: bool) -> None:
        before = self.state
        if who == self.submitted_by or office != (reviewing.approval_stage(before) is Stage.OFFICE):
            return
        if before is ResponseState.ENDORSED and who == self.endorsed_by:
            return
        act = reviewing.approval(before, second_stage=self.second_stage)
        if not self.walk(act):
            return
        if act is ResponseAct.ENDORSE:
            assert self.second_stage
            self.endorsed_by = who
        else:
            assert not self.second_stage or before is ResponseState.ENDORSED
            assert not self.second_stage or len({self.submitted_by, self.endorsed_by, who}) == 3
            self.approved_text = self.text

    @rule(stage=st.sampled_from(Stage))
    def give_back(self, stage: Stage) -> None:
        before = self.state
        if stage in reviewing.return_stages(before, second_stage=self.second_stage) and self.walk(ResponseAct.RETURN):
            assert not (before is ResponseState.APPROVED and self.second_stage and stage is Stage.UNIT)
            self.endorsed_by = self.approved_text = None

    @invariant()
    def the_version_only_grows_and_every_act_left_a_line(self) -> None:
        assert self.version == 1 + len(self.trail)
        assert all(first[2] is second[0] for first, second in pairwise(self.trail))

    @invariant()
    def what_is_approved_is_what_stands_there(self) -> None:
        assert (self.state is ResponseState.APPROVED) == (self.approved_text is not None)
        assert self.approved_text in (None, self.text)

    @invariant()
    def somebody_can_always_go_on(self) -> None:
        assert any(start is self.state for (start, _act) in response_state.TRANSITIONS)

    @invariant()
    def a_response_waits_for_a_review_or_for_its_unit(self) -> None:
        assert (self.state in reviewing.WAITING) + (self.state in EDITABLE) + (
            self.state is ResponseState.APPROVED
        ) == 1


TestResponseWalk = ResponseWalk.TestCase
TestResponseWalk.settings = FEW


class IntakeWalk(RuleBasedStateMachine):
    """A file is stored once at most, and only after somebody confirmed it."""

    def __init__(self) -> None:
        super().__init__()
        self.state = IntakeState.PREVIEWED
        self.confirmed = False

    @rule(act=st.sampled_from(IntakeAct))
    def act(self, act: IntakeAct) -> None:
        before = self.state
        try:
            self.state = intake_state.advance(before, act)
        except IllegalTransition:
            assert self.state is before
            return
        assert before not in {IntakeState.STORED, IntakeState.DROPPED}
        if act is IntakeAct.CONFIRM:
            self.confirmed = True
        elif act is IntakeAct.CHOOSE:
            self.confirmed = False
        if self.state is IntakeState.STORED:
            assert self.confirmed


TestIntakeWalk = IntakeWalk.TestCase
TestIntakeWalk.settings = FEW


@pytest.mark.parametrize(
    ("state", "second_stage", "act", "stage", "returned_by"),
    [
        (ResponseState.SUBMITTED, False, ResponseAct.APPROVE, Stage.UNIT, {Stage.UNIT}),
        (ResponseState.SUBMITTED, True, ResponseAct.ENDORSE, Stage.UNIT, {Stage.UNIT}),
        (ResponseState.NONE_HELD, True, ResponseAct.ENDORSE, Stage.UNIT, {Stage.UNIT}),
        (ResponseState.ENDORSED, True, ResponseAct.APPROVE, Stage.OFFICE, {Stage.UNIT, Stage.OFFICE}),
        (ResponseState.ENDORSED, False, ResponseAct.APPROVE, Stage.OFFICE, {Stage.UNIT, Stage.OFFICE}),
        (ResponseState.APPROVED, False, ResponseAct.APPROVE, Stage.UNIT, {Stage.UNIT}),
        (ResponseState.APPROVED, True, ResponseAct.APPROVE, Stage.UNIT, {Stage.OFFICE}),
    ],
)
def test_whose_review_it_is(
    state: ResponseState, second_stage: bool, act: ResponseAct, stage: Stage, returned_by: set[Stage]
) -> None:
    """AZ-03: what the office has confirmed is not taken back in the unit; a stage that was added later holds too."""
    assert reviewing.approval(state, second_stage=second_stage) is act
    assert reviewing.approval_stage(state) is stage
    assert reviewing.return_stages(state, second_stage=second_stage) == returned_by


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
TestSurveyWalk.settings = FEW
