"""Reorganisation: holdings go to another unit with their numbers made anew, and what belongs to them follows.

The rules: earlier rounds keep their responses, and the gate shows each answer to the unit that holds the holding now,
so that the people of the old unit lose it with this transaction (AZ-06). In rounds that are not closed the answers move
to the response of the new unit, which must be approved anew. The public copy names the new unit from now on; what was
published of earlier rounds stays as it was. People do not follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.duty import SuccessionKind
from ckanext.hokkaido_inventory.domain.refusal_transfer import (
    HoldingsNotTheirs,
    NothingToMove,
    TransferAhead,
    TransferToItself,
)
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Holding, Invitation, Published, Response, Succession, Survey
from ckanext.hokkaido_inventory.service import inventory_upkeep
from ckanext.hokkaido_inventory.service.event import record_unit
from ckanext.hokkaido_inventory.service.holding import Dataset, datasets_of
from ckanext.hokkaido_inventory.service.moved_answers import MovedAnswers, move_answers

__all__ = ["Move", "Order", "Outcome", "transfer"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the units that give, the one that takes, and which holdings (all of them unless named)."""

    kind: SuccessionKind
    from_units: Sequence[str]
    to_unit: str
    effective_on: date
    holdings: Sequence[str] | None = None
    #: What the new unit reads where its answers must be looked at once more.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One holding with its number before and after."""

    holding_id: str
    unit_id: str
    number: int
    new_number: int


@dataclass(slots=True)
class Outcome:
    """What a transfer did."""

    moves: list[Move] = field(default_factory=list)
    answers: list[MovedAnswers] = field(default_factory=list)
    published: int = 0
    #: Datasets that grew out of the holdings: they keep their owner, which their editors change.
    datasets: dict[str, Dataset] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


def transfer(session: Session, order: Order, *, actor_id: str | None, at: datetime) -> Outcome:
    """Move holdings, all or nothing; two transfers of the same units, and edits of their rows, take turns.

    :raises TransferAhead: when the day lies ahead; a transfer is done on its day.
    :raises TransferToItself, HoldingsNotTheirs, NothingToMove: when the order makes no sense.
    """
    _check(order, at)
    outcome = Outcome()
    if order.kind is not SuccessionKind.RENAMED:
        surveys = _lock(session, order)
        outcome.moves = _move_holdings(session, order)
        outcome.titles = _titles(session, [move.holding_id for move in outcome.moves])
        outcome.answers = move_answers(
            session,
            [survey for survey in surveys if survey.state in (SurveyState.DRAFT, SurveyState.OPEN)],
            holding_ids=[move.holding_id for move in outcome.moves],
            from_units=order.from_units,
            to_unit=order.to_unit,
            ceasing=order.kind is SuccessionKind.MERGED,
            note=order.note,
            actor_id=actor_id,
            at=at,
        )
        outcome.published = _rename_published(session, order, outcome.moves)
        inventory_upkeep.ask_for_holdings(session, [move.holding_id for move in outcome.moves])
        outcome.datasets = datasets_of(session, [move.holding_id for move in outcome.moves])
    if order.kind is SuccessionKind.MERGED:
        _withdraw_invitations(session, order, at)
    _record(session, order, outcome.moves, actor_id)
    session.flush()
    return outcome


def _check(order: Order, at: datetime) -> None:
    if order.effective_on > today(at):
        raise TransferAhead(order.effective_on)
    renamed = order.kind is SuccessionKind.RENAMED
    if renamed != (list(order.from_units) == [order.to_unit]) or (not renamed and order.to_unit in order.from_units):
        raise TransferToItself
    if order.kind is SuccessionKind.SPLIT and order.holdings is not None and not order.holdings:
        raise NothingToMove


def _lock(session: Session, order: Order) -> list[Survey]:
    """Lock rounds, then responses, then the numbers of the units: the order in which every edit takes its locks."""
    units = [*order.from_units, order.to_unit]
    asked = sa.select(Response.survey_id).where(Response.unit_id.in_(units))
    surveys = session.execute(
        sa.select(Survey)
        .where(Survey.id.in_(asked), Survey.state != SurveyState.ARCHIVED)
        .order_by(Survey.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalars()
    found = list(surveys)
    session.execute(
        sa.select(Response.id)
        .where(Response.unit_id.in_(units), Response.survey_id.in_([survey.id for survey in found]))
        .order_by(Response.id)
        .with_for_update()
    )
    for unit_id in sorted(set(units)):
        key = f"hokkaido_inventory_holding:{unit_id}"
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(key))))
    return found


def _move_holdings(session: Session, order: Order) -> list[Move]:
    wanted = sa.true() if order.holdings is None else Holding.id.in_(order.holdings)
    rows = session.execute(
        sa.select(Holding.id, Holding.unit_id, Holding.number)
        .where(Holding.unit_id.in_(order.from_units), wanted)
        .order_by(Holding.unit_id, Holding.number)
        .with_for_update()
    ).all()
    if order.holdings is not None and len(rows) != len(set(order.holdings)):
        raise HoldingsNotTheirs
    if order.kind is SuccessionKind.SPLIT and not rows:
        raise NothingToMove
    last = session.scalar(sa.select(sa.func.max(Holding.number)).where(Holding.unit_id == order.to_unit)) or 0
    moves = [Move(row.id, row.unit_id, row.number, last + step) for step, row in enumerate(rows, start=1)]
    if moves:
        session.execute(
            sa.update(Holding),
            [{"id": move.holding_id, "unit_id": order.to_unit, "number": move.new_number} for move in moves],
        )
    return moves


def _titles(session: Session, holding_ids: Sequence[str]) -> dict[str, str]:
    """Return what each holding was called last."""
    rows = session.execute(
        sa.select(Answer.holding_id, Answer.title)
        .where(Answer.holding_id.in_(holding_ids))
        .distinct(Answer.holding_id)
        .order_by(Answer.holding_id, Answer.created_at.desc())
    )
    return dict(rows.tuples().all())


def _rename_published(session: Session, order: Order, moves: Sequence[Move]) -> int:
    done = session.execute(
        sa.update(Published)
        .where(
            Published.holding_id == Holding.id,
            Published.holding_id.in_([move.holding_id for move in moves]),
            Published.superseded_by.is_(None),
        )
        .values(unit_id=order.to_unit, number=Holding.number)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]


def _withdraw_invitations(session: Session, order: Order, at: datetime) -> None:
    session.execute(
        sa.update(Invitation)
        .where(
            Invitation.unit_id.in_(order.from_units), Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
        )
        .values(revoked_at=at)
        .execution_options(synchronize_session=False)
    )


def _record(session: Session, order: Order, moves: Sequence[Move], actor_id: str | None) -> None:
    for unit_id in order.from_units:
        gone = [move for move in moves if move.unit_id == unit_id]
        session.add(
            Succession(
                from_unit_id=unit_id,
                to_unit_id=order.to_unit,
                kind=order.kind,
                effective_on=order.effective_on,
                moved=[
                    {"holding": move.holding_id, "number": move.number, "new_number": move.new_number} for move in gone
                ],
                created_by=actor_id,
            )
        )
        detail = {"kind": order.kind.value, "from": unit_id, "to": order.to_unit, "holdings": len(gone)}
        for party in dict.fromkeys((unit_id, order.to_unit)):
            record_unit(session, party, Act.HOLDINGS_MOVED, actor_id, **detail)
