"""States of a survey round: draft, open, closed, published, archived; reopening is an act of its own."""

from __future__ import annotations

from enum import StrEnum

from ckanext.hokkaido_inventory.domain.transitions import IllegalTransition, follow
from ckanext.hokkaido_inventory.domain.wording import Wording

__all__ = ["TRANSITIONS", "IllegalTransition", "SurveyAct", "SurveyState", "advance"]


class SurveyState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    ARCHIVED = "archived"

    @property
    def wording(self) -> Wording:
        """Return the name of the state."""
        return _WORDING[self]


class SurveyAct(StrEnum):
    """What the survey office does to a round."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    PUBLISH = "publish"
    ARCHIVE = "archive"


_WORDING = {
    SurveyState.DRAFT: Wording("準備中", "Draft"),
    SurveyState.OPEN: Wording("回答受付中", "Open"),
    SurveyState.CLOSED: Wording("締切済", "Closed"),
    SurveyState.PUBLISHED: Wording("公開済", "Published"),
    SurveyState.ARCHIVED: Wording("保管", "Archived"),
}

#: What is published stays published while its round is open again: the public copy is another record.
TRANSITIONS: dict[tuple[SurveyState, SurveyAct], SurveyState] = {
    (SurveyState.DRAFT, SurveyAct.OPEN): SurveyState.OPEN,
    (SurveyState.OPEN, SurveyAct.CLOSE): SurveyState.CLOSED,
    (SurveyState.CLOSED, SurveyAct.REOPEN): SurveyState.OPEN,
    (SurveyState.CLOSED, SurveyAct.PUBLISH): SurveyState.PUBLISHED,
    (SurveyState.CLOSED, SurveyAct.ARCHIVE): SurveyState.ARCHIVED,
    (SurveyState.PUBLISHED, SurveyAct.REOPEN): SurveyState.OPEN,
    (SurveyState.PUBLISHED, SurveyAct.ARCHIVE): SurveyState.ARCHIVED,
}


def advance(state: SurveyState, act: SurveyAct) -> SurveyState:
    """Return the state after `act`; raise IllegalTransition where the table does not allow it."""
    return follow(TRANSITIONS, state, act)
