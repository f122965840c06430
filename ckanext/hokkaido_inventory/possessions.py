"""What of the survey a person or a section must hand over (design D21)."""

from __future__ import annotations

from collections.abc import Collection

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import spoken
from ckanext.hokkaido_inventory.domain.duty import Duty
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Assignment, Holding, Response, Survey
from ckanext.hokkaido_inventory.service.unit import units_by_id
from ckanext.hokkaido_schema.shared import POSSESSIONS, Possession, PossessionKind

__all__ = ["register"]


def register() -> None:
    """Let the hand-over page list duties, open responses and holdings of the survey."""
    POSSESSIONS.add("inventory.duties", _DUTIES)
    POSSESSIONS.add("inventory.responses", _RESPONSES)
    POSSESSIONS.add("inventory.holdings", _HOLDINGS)


def _own(column: sa.orm.InstrumentedAttribute[str], organizations: Collection[str] | None) -> sa.ColumnElement[bool]:
    return sa.true() if organizations is None else column.in_(organizations)


def _duties(session: Session, organizations: Collection[str] | None, user_id: str | None) -> list[Possession]:
    wanted = sa.select(Assignment).where(_own(Assignment.unit_id, organizations))
    if user_id is not None:
        wanted = wanted.where(Assignment.user_id == user_id)
    rows = list(session.execute(wanted.order_by(Assignment.unit_id, Assignment.duty)).scalars())
    language = spoken()
    return [
        Possession(
            title=getattr(Duty(row.duty).wording, "ja" if language == "ja" else "en"),
            organization_id=row.unit_id,
            url=tk.url_for("hokkaido_people.index"),
        )
        for row in rows
    ]


def _responses(session: Session, organizations: Collection[str] | None, user_id: str | None) -> list[Possession]:
    """Return the responses to open rounds; they are the unit's, whoever it is that answers."""
    if user_id is not None:
        return []
    rows = session.execute(
        sa.select(Response, Survey)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.state == SurveyState.OPEN, _own(Response.unit_id, organizations))
        .order_by(Survey.deadline, Response.unit_id)
    ).all()
    units = units_by_id(session, {response.unit_id for response, _ in rows})
    return [
        Possession(
            title=survey.title,
            organization_id=response.unit_id,
            url=tk.url_for("hokkaido_response.read", survey_id=survey.id, unit=units[response.unit_id].name),
            note=response.state,
        )
        for response, survey in rows
        if response.unit_id in units
    ]


def _holdings(session: Session, organizations: Collection[str] | None, user_id: str | None) -> list[Possession]:
    """Return one line a unit with the number of its holdings."""
    if user_id is not None:
        return []
    rows = session.execute(
        sa.select(Holding.unit_id, sa.func.count())
        .where(_own(Holding.unit_id, organizations))
        .group_by(Holding.unit_id)
    )
    return [
        Possession(
            title=tk._("Data held: {count}").format(count=count),
            organization_id=unit_id,
            url=tk.url_for("hokkaido_holding.index"),
        )
        for unit_id, count in rows
    ]


_DUTIES = PossessionKind(
    label=lambda: tk._("Duties in the survey"),
    advice=lambda: tk._("Give them to the successor on the page of people."),
    find=_duties,
)
_RESPONSES = PossessionKind(
    label=lambda: tk._("Responses to open surveys"),
    advice=lambda: tk._("They belong to the unit: whoever has a role there can go on with them."),
    find=_responses,
)
_HOLDINGS = PossessionKind(
    label=lambda: tk._("Data held (inventory)"),
    advice=lambda: tk._("It belongs to the unit. In a reorganisation the survey office moves it."),
    find=_holdings,
)
