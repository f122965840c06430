"""Who reviews a response, and what a review of it is: a stage in the unit, and maybe one at the survey office."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.response_state import TRANSITIONS, ResponseAct, ResponseState

__all__ = ["WAITING", "Stage", "approval", "approval_stage", "return_stages"]


class Stage(StrEnum):
    """Whose turn it is: an approver of the unit, or the survey office."""

    UNIT = "unit"
    OFFICE = "office"


#: In these states a response waits for a review.
WAITING: frozenset[ResponseState] = frozenset(state for (state, act) in TRANSITIONS if act is ResponseAct.APPROVE)


def approval(state: ResponseState, *, second_stage: bool) -> ResponseAct:
    """Return what an approval means now: with a second stage, the first one only endorses."""
    return ResponseAct.ENDORSE if second_stage and (state, ResponseAct.ENDORSE) in TRANSITIONS else ResponseAct.APPROVE


def approval_stage(state: ResponseState) -> Stage:
    """Return who approves in this state; what was endorsed is the office's, whatever the round says by now."""
    return Stage.OFFICE if state is ResponseState.ENDORSED else Stage.UNIT


def return_stages(state: ResponseState, *, second_stage: bool) -> frozenset[Stage]:
    """Return who may give a response back in this state; what the office has confirmed only the office takes back."""
    if state is ResponseState.ENDORSED:
        return frozenset(Stage)
    if state is ResponseState.APPROVED and second_stage:
        return frozenset({Stage.OFFICE})
    return frozenset({Stage.UNIT})
