"""A new round made of the last one: the same units, or their successors, and every unit finds its rows again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.duty import SuccessionKind
from ckanext.hokkaido_inventory.domain.refusal_round import NotYetAsked
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Response, Succession, Survey
from ckanext.hokkaido_inventory.service import survey_making as making
from ckanext.hokkaido_inventory.service.event import record_survey
from ckanext.hokkaido_inventory.service.survey import open_unless_later
from ckanext.hokkaido_inventory.service.unit import Unit

__all__ = ["roll_over", "units_of"]


def roll_over(
    session: Session,
    previous: Survey,
    changes: making.Changes,
    *,
    actor_id: str | None,
    at: datetime,
    open_at_once: bool = False,
) -> Survey:
    """Make a round of an earlier one.

    :param changes: title, year and last day of the new round; units, question set and stages come from the previous
        one where they are not given.
    :raises NotYetAsked: when the earlier round is still a draft.
    """
    if previous.state == SurveyState.DRAFT:
        raise NotYetAsked
    given = replace(
        changes,
        units=units_of(session, previous) if changes.units is None else changes.units,
        instructions=previous.instructions if changes.instructions is None else changes.instructions,
        question_set=changes.question_set or previous.question_set,
        second_stage=previous.second_stage if changes.second_stage is None else changes.second_stage,
        previous_id=previous.id,
    )
    survey = making.create(session, given, actor_id=actor_id, at=at)
    rows = session.scalar(
        sa.select(sa.func.count())
        .select_from(Answer)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.survey_id == survey.id)
    )
    record_survey(session, survey, Act.SURVEY_ROLLED_OVER, actor_id, survey.state, previous=previous.id, rows=rows)
    if open_at_once:
        open_unless_later(session, survey, actor_id=actor_id, at=at)
    return survey


def units_of(session: Session, survey: Survey) -> list[Unit]:
    """Return the units that a round would ask today: those it asked, with successors in the place of merged ones."""
    asked = set(session.execute(sa.select(Response.unit_id).where(Response.survey_id == survey.id)).scalars())
    # What happened before the round was made is in its units already.
    since = (Succession.created_at > survey.created_at, Succession.kind != SuccessionKind.RENAMED)
    follows = session.execute(sa.select(Succession).where(*since).order_by(Succession.created_at)).scalars()
    for succession in follows:
        if succession.from_unit_id in asked:
            asked.add(succession.to_unit_id)
            if succession.kind == SuccessionKind.MERGED:
                asked.discard(succession.from_unit_id)
    group: sa.Table = model.Group.__table__
    title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name)
    rows = session.execute(
        sa.select(group.c.id, group.c.name, title)
        .where(group.c.id.in_(asked), group.c.state == "active", group.c.is_organization.is_(True))
        .order_by(title, group.c.name)
    )
    return [Unit(*row) for row in rows]
