"""The whole trail of a round, for whoever must account for it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.model import Event, Response

__all__ = ["whole_trail"]


def whole_trail(
    session: Session, survey_id: str, *, response_id: str | None, limit: int, offset: int
) -> tuple[int, list[tuple[Event, str | None]]]:
    """Return how many acts there were on a survey and its responses, and some of them, newest first, with their unit.

    :param response_id: the acts on this response alone.
    """
    wanted = Event.response_id == response_id if response_id else Event.survey_id == survey_id
    count = session.scalar(sa.select(sa.func.count()).select_from(Event).where(wanted)) or 0
    rows = session.execute(
        sa.select(Event, Response.unit_id)
        .outerjoin(Response, Response.id == Event.response_id)
        .where(wanted)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return count, [(row[0], row[1]) for row in rows]
