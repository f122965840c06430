"""Counts of rows by response, as the database keeps them; and the proof that they are what a recount gives."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.disclosure import Decision
from ckanext.hokkaido_inventory.model import Answer, Tally

__all__ = ["CHANGES", "COLUMNS", "DECISIONS", "Miscount", "drift", "rebuild"]

CHANGES = tuple(change.value for change in Change)
DECISIONS = tuple(decision.value for decision in Decision)
COLUMNS = ("rows", *CHANGES, *DECISIONS)


@dataclass(frozen=True, slots=True)
class Miscount:
    """A response whose tally is not what a recount of its rows gives."""

    response_id: str
    column: str
    kept: int
    counted: int


def drift(session: Session) -> list[Miscount]:
    """Return every count that differs from a recount, in one statement; nothing as long as the triggers are there."""
    counted = _recount().subquery()
    key = sa.func.coalesce(Tally.response_id, counted.c.response_id)
    kept = [sa.func.coalesce(getattr(Tally, name), 0) for name in COLUMNS]
    true = [sa.func.coalesce(counted.c[name], 0) for name in COLUMNS]
    rows = session.execute(
        sa.select(key, *kept, *true)
        .select_from(sa.outerjoin(Tally, counted, Tally.response_id == counted.c.response_id, full=True))
        .where(sa.or_(*(one != other for one, other in zip(kept, true, strict=True))))
        .order_by(key)
    )
    half = len(COLUMNS) + 1
    return [
        Miscount(row[0], name, one, other)
        for row in rows
        for name, one, other in zip(COLUMNS, row[1:half], row[half:], strict=True)
        if one != other
    ]


def rebuild(session: Session) -> int:
    """Count everything anew and return the number of responses; rows cannot be written meanwhile."""
    session.execute(sa.text("LOCK TABLE hokkaido_inventory_answer IN SHARE MODE"))
    session.execute(sa.delete(Tally))
    return session.execute(sa.insert(Tally).from_select(["response_id", *COLUMNS], _recount())).rowcount


def _recount() -> sa.Select[tuple[str]]:
    # The decision is computed once a row, in the inner select.
    row = sa.select(
        Answer.response_id, Answer.change, sa.func.hokkaido_inventory_decision(Answer.answers).label("decided")
    ).subquery()
    count = sa.func.count
    changes = [count().filter(row.c.change == name).label(name) for name in CHANGES]
    held = row.c.change != Change.GONE
    decisions = [count().filter(held, row.c.decided == name).label(name) for name in DECISIONS]
    return sa.select(row.c.response_id, count().label("rows"), *changes, *decisions).group_by(row.c.response_id)
