"""Taking one holding out of everything public at once; the next publication may bring it back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.model import Event, Published, Survey
from ckanext.hokkaido_inventory.service import inventory_list, inventory_upkeep

__all__ = ["withdraw"]


def withdraw(session: Session, published: Published, *, reason: str, actor_id: str | None) -> None:
    """Delete the public copies of a holding, of all years, and ask for files and index without it.

    :param reason: code of a `WithdrawalReason`; the trail keeps codes, never words.
    """
    holding_id = published.holding_id
    session.add(
        Event(
            survey_id=published.survey_id,
            actor_id=actor_id,
            act=Act.HOLDING_WITHDRAWN,
            detail={"number": published.number, "unit": published.unit_id, "holding": holding_id, "reason": reason},
        )
    )
    years = session.execute(
        sa.select(Survey.fiscal_year)
        .where(Survey.id.in_(sa.select(Published.survey_id).where(Published.holding_id == holding_id)))
        .distinct()
    ).scalars()
    for year in sorted(years):
        outbox.put(session, inventory_list.MESSAGE, {"year": year}, key=str(year))
    session.execute(
        sa.delete(Published).where(Published.holding_id == holding_id).execution_options(synchronize_session=False)
    )
    inventory_upkeep.ask_for_holdings(session, [holding_id])
