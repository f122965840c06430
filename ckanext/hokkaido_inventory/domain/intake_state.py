"""States of a file on its way into a response."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.transitions import follow
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["TRANSITIONS", "IntakeAct", "IntakeState", "advance"]


class IntakeState(StrEnum):
    """Where a file stands."""

    PREVIEWED = "previewed"
    RUNNING = "running"
    STORED = "stored"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def wording(self) -> Wording:
        """Return the name of the state."""
        return _WORDING[self]


class IntakeAct(StrEnum):
    """What is done: another mapping is chosen, it is confirmed, its rows are stored or refused, or dropped."""

    CHOOSE = "choose"
    CONFIRM = "confirm"
    STORE = "store"
    REFUSE = "refuse"
    DROP = "drop"


_WORDING = {
    IntakeState.PREVIEWED: Wording("確認待ち", "Waiting for confirmation"),
    IntakeState.RUNNING: Wording("取り込み中", "Being taken in"),
    IntakeState.STORED: Wording("取り込み済", "Taken in"),
    IntakeState.REFUSED: Wording("取り込めませんでした", "Refused"),
    IntakeState.DROPPED: Wording("取りやめ", "Dropped"),
}

_S, _A = IntakeState, IntakeAct

TRANSITIONS: dict[tuple[IntakeState, IntakeAct], IntakeState] = {
    (_S.PREVIEWED, _A.CHOOSE): _S.PREVIEWED,
    (_S.PREVIEWED, _A.CONFIRM): _S.RUNNING,
    (_S.PREVIEWED, _A.DROP): _S.DROPPED,
    (_S.RUNNING, _A.STORE): _S.STORED,
    (_S.RUNNING, _A.REFUSE): _S.REFUSED,
    (_S.REFUSED, _A.CHOOSE): _S.PREVIEWED,
    (_S.REFUSED, _A.DROP): _S.DROPPED,
}


def advance(state: IntakeState, act: IntakeAct) -> IntakeState:
    """Return the state after `act`; raise IllegalTransition where the table does not allow it."""
    return follow(TRANSITIONS, state, act)
