"""The audit trail: one row an act, in the transaction of the act."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.model import Event, Published, Response, Survey

__all__ = ["record_promotion", "record_response", "record_survey", "record_unit"]


def record_survey(
    session: Session,
    survey: Survey,
    act: Act,
    actor_id: str | None,
    state_from: str | None,
    *,
    note: str | None = None,
    **detail: Any,
) -> None:
    """Add an act on a survey; `detail` holds ids and numbers only, `note` what the office wrote for itself."""
    session.add(
        Event(
            survey_id=survey.id,
            actor_id=actor_id,
            act=act,
            state_from=state_from,
            state_to=survey.state,
            version=survey.version,
            detail=detail,
            note=note,
        )
    )


def record_response(
    session: Session, response: Response, act: Act, actor_id: str | None, state_from: str | None, **detail: Any
) -> None:
    """Add an act on a response; `detail` holds ids and numbers only."""
    session.add(
        Event(
            survey_id=response.survey_id,
            response_id=response.id,
            actor_id=actor_id,
            act=act,
            state_from=state_from,
            state_to=response.state,
            version=response.version,
            detail=detail,
        )
    )


def record_promotion(session: Session, published: Published, actor_id: str | None, package_id: str) -> None:
    """Add the making of a dataset to the trail of the survey whose publication it stands on."""
    session.add(
        Event(
            survey_id=published.survey_id,
            actor_id=actor_id,
            act=Act.HOLDING_PROMOTED,
            detail={"number": published.number, "unit": published.unit_id, "package": package_id},
        )
    )


def record_unit(session: Session, unit_id: str, act: Act, actor_id: str | None, **detail: Any) -> None:
    """Add an act on a unit or its people, which belongs to no round; `detail` holds ids and numbers only."""
    session.add(Event(unit_id=unit_id, actor_id=actor_id, act=act, detail=detail))
