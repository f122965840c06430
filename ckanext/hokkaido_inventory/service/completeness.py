"""What a response needs before it can be submitted; everything else that is missing is listed and blocks nothing."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.refusal import (
    NothingEntered,
    RowsBesideNoneHeld,
    RowsIncomplete,
    RowsNotLookedAt,
    SignerMissing,
)
from ckanext.hokkaido_inventory.model import Answer, Holding, Response

__all__ = ["require_content"]


def require_content(session: Session, response: Response, *, none_held: bool, signer: str | None) -> None:
    """Raise the `Refusal` that keeps a response from being submitted.

    Rows that are gone do not speak against "none held".
    """
    rows = session.execute(
        sa.select(Holding.number, Answer.title, Answer.change)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(Answer.response_id == response.id)
        .order_by(Holding.number)
    ).all()
    if none_held:
        held = [row.number for row in rows if row.change != Change.GONE]
        if held:
            raise RowsBesideNoneHeld(len(held))
        if not signer:
            raise SignerMissing
        return
    if not rows:
        raise NothingEntered
    nameless = [row.number for row in rows if not row.title.strip()]
    if nameless:
        raise RowsIncomplete(nameless)
    carried = sum(row.change == Change.CARRIED for row in rows)
    if carried:
        raise RowsNotLookedAt(carried)
