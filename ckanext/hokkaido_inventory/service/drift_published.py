"""Drift between the public copy and the approved answers it was made of, and plans for what is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.disclosure import decide
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.model import Answer, Opening, Published, Response
from ckanext.hokkaido_inventory.service.reconciliation import CHECKS, Check, Drift

__all__: list[str] = []

#: Rows are read in pieces of this many, so that memory does not grow with the prefecture.
_PIECE = 2000


def _without_answer(session: Session) -> list[Drift]:
    """Find public copies that no answer of their round stands behind."""
    behind = (
        sa.exists()
        .where(Answer.holding_id == Published.holding_id, Answer.response_id == Response.id)
        .where(Response.survey_id == Published.survey_id)
    )
    rows = session.execute(
        sa.select(Published.holding_id, Published.survey_id).where(Published.superseded_by.is_(None), ~behind)
    )
    return [Drift("answer_missing", holding_id, survey_id) for holding_id, survey_id in rows]


def _decisions(session: Session) -> list[Drift]:
    """Find public decisions that are not those which the approved answers give.

    Only where nothing was approved after the publication: a later approval waits for its own publication rightly.
    """
    return list(_differing(session))


def _differing(session: Session) -> Iterator[Drift]:
    rows = session.execute(
        sa.select(Published.holding_id, Published.decision, Answer.answers)
        .join(Response, Response.survey_id == Published.survey_id)
        .join(Answer, sa.and_(Answer.response_id == Response.id, Answer.holding_id == Published.holding_id))
        .where(
            Published.superseded_by.is_(None),
            Response.state == ResponseState.APPROVED,
            Response.approved_at <= Published.published_at,
        )
        .execution_options(yield_per=_PIECE)
    )
    for holding_id, decision, answers in rows:
        if (computed := decide(answers)) != decision:
            yield Drift("decision_differs", holding_id, f"{decision} != {computed.value}")


def _gone(session: Session) -> list[Drift]:
    """Find plans to open what its unit has reported as gone in its last approved answer."""
    last = (
        sa.select(Answer.holding_id, Answer.change)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.state == ResponseState.APPROVED, Answer.holding_id.in_(sa.select(Opening.holding_id)))
        .distinct(Answer.holding_id)
        .order_by(Answer.holding_id, Response.created_at.desc())
        .subquery()
    )
    rows = session.execute(
        sa.select(Opening.holding_id, Opening.planned_on)
        .join(last, last.c.holding_id == Opening.holding_id)
        .where(last.c.change == Change.GONE)
    )
    return [Drift("opening_of_gone", holding_id, planned_on.isoformat()) for holding_id, planned_on in rows]


def _drop_plans(session: Session, drift: Sequence[Drift]) -> int:
    gone = sa.delete(Opening).where(Opening.holding_id.in_([one.subject for one in drift]))
    return session.execute(gone.execution_options(synchronize_session=False)).rowcount


CHECKS.add("answer", Check(_without_answer))
CHECKS.add("decision", Check(_decisions))
CHECKS.add("opening", Check(_gone, _drop_plans))
