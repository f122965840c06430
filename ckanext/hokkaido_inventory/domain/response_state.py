"""States of one unit's response to a round."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition, follow
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["EDITABLE", "TRANSITIONS", "IllegalTransition", "ResponseAct", "ResponseState", "advance"]


class ResponseState(StrEnum):
    """Where a response stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    NONE_HELD = "none_held"
    RETURNED = "returned"
    ENDORSED = "endorsed"
    APPROVED = "approved"

    @property
    def wording(self) -> Wording:
        """Return the name of the state."""
        return _WORDING[self]


class ResponseAct(StrEnum):
    """What is done to a response.

    `edit`, `submit` and `declare_none` are the unit's; `return` and `approve` an approver's. Where a round has a second
    stage, the approver endorses instead, and the approval is the survey office's.
    """

    EDIT = "edit"
    SUBMIT = "submit"
    DECLARE_NONE = "declare_none"
    RETURN = "return"
    ENDORSE = "endorse"
    APPROVE = "approve"


_WORDING = {
    ResponseState.NOT_STARTED: Wording("未着手", "Not started"),
    ResponseState.IN_PROGRESS: Wording("回答中", "In progress"),
    ResponseState.SUBMITTED: Wording("承認待ち", "Waiting for approval"),
    ResponseState.NONE_HELD: Wording("該当なし（承認待ち）", "None held, waiting for approval"),
    ResponseState.RETURNED: Wording("差戻し", "Returned"),
    ResponseState.ENDORSED: Wording("課内承認済（確認待ち）", "Approved in the unit, waiting for the survey office"),
    ResponseState.APPROVED: Wording("承認済", "Approved"),
}

_S, _A = ResponseState, ResponseAct

#: An answer of "none held" is signed by a named person and read by the approver like any other.
TRANSITIONS: dict[tuple[ResponseState, ResponseAct], ResponseState] = {
    (_S.NOT_STARTED, _A.EDIT): _S.IN_PROGRESS,
    (_S.NOT_STARTED, _A.DECLARE_NONE): _S.NONE_HELD,
    (_S.IN_PROGRESS, _A.EDIT): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _A.SUBMIT): _S.SUBMITTED,
    (_S.IN_PROGRESS, _A.DECLARE_NONE): _S.NONE_HELD,
    (_S.RETURNED, _A.EDIT): _S.RETURNED,
    (_S.RETURNED, _A.SUBMIT): _S.SUBMITTED,
    (_S.RETURNED, _A.DECLARE_NONE): _S.NONE_HELD,
    (_S.SUBMITTED, _A.RETURN): _S.RETURNED,
    (_S.SUBMITTED, _A.APPROVE): _S.APPROVED,
    (_S.SUBMITTED, _A.ENDORSE): _S.ENDORSED,
    (_S.NONE_HELD, _A.ENDORSE): _S.ENDORSED,
    (_S.ENDORSED, _A.RETURN): _S.RETURNED,
    (_S.ENDORSED, _A.APPROVE): _S.APPROVED,
    (_S.NONE_HELD, _A.RETURN): _S.RETURNED,
    (_S.NONE_HELD, _A.APPROVE): _S.APPROVED,
    (_S.APPROVED, _A.RETURN): _S.RETURNED,
}

#: In these states the unit may change its rows.
EDITABLE: frozenset[ResponseState] = frozenset(state for (state, act) in TRANSITIONS if act is ResponseAct.EDIT)


def advance(state: ResponseState, act: ResponseAct) -> ResponseState:
    """Return the state after `act`; raise IllegalTransition where the table does not allow it."""
    return follow(TRANSITIONS, state, act)
