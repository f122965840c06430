"""Carrying rows over into a new round: each unit finds what it said last, marked as not looked at yet.

Everything is one INSERT … SELECT in the database, because a round of all bodies has more than a hundred thousand rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Holding, Response, Survey

__all__ = ["carry", "held_none_before"]


def carry(session: Session, survey: Survey, unit_ids: Collection[str] | None = None, *, at: datetime) -> int:
    """Carry the rows of the rounds up to the previous one into the responses of a new round; return their number.

    A holding is carried to the unit that holds it now, whoever answered for it then (AZ-06), with what was said of it
    last: an approved answer stands still until it is returned, so the stored one is the approved one. What was given
    as gone is not carried, and neither is a row that a unit had taken out by the last round it answered. Rounds for
    practice give nothing.

    :param unit_ids: only these units; all of the round unless given. Rows that are there already stay.
    """
    last = _last_answered(session, survey).cte("last")
    holding, said = aliased(Holding), aliased(Answer)
    newest = (
        sa.select(said, holding.unit_id)
        .join(last, last.c.response_id == said.response_id)
        .join(holding, holding.id == said.holding_id)
        .distinct(said.holding_id)
        .order_by(said.holding_id, last.c.fiscal_year.desc(), last.c.created_at.desc())
        .subquery("newest")
    )
    wanted = sa.true() if unit_ids is None else Response.unit_id.in_(unit_ids)
    rows = (
        sa.select(
            sa.cast(sa.func.gen_random_uuid(), sa.Text),
            Response.id,
            newest.c.holding_id,
            newest.c.title,
            newest.c.description,
            newest.c.answers,
            newest.c.by_rule,
            sa.literal(Change.CARRIED.value),
            sa.literal(1),
            sa.literal(at),
            sa.literal(at),
        )
        .join(newest, newest.c.unit_id == Response.unit_id)
        .where(Response.survey_id == survey.id, newest.c.change != Change.GONE, wanted)
    )
    columns = (
        "id", "response_id", "holding_id", "title", "description", "answers", "by_rule", "change", "version",
        "created_at", "updated_at",
    )  # fmt: skip
    statement = sa.dialects.postgresql.insert(Answer).from_select(columns, rows).on_conflict_do_nothing()
    return session.execute(statement).rowcount  # type: ignore[attr-defined]


def held_none_before(session: Session, survey: Survey, unit_ids: Collection[str]) -> set[str]:
    """Return which of these units declared in the last round they answered that they hold nothing."""
    if survey.previous_id is None:
        return set()
    last = _last_answered(session, survey).subquery()
    found = session.execute(sa.select(last.c.unit_id).where(last.c.unit_id.in_(unit_ids), last.c.none_held))
    return set(found.scalars())


def _last_answered(session: Session, survey: Survey) -> sa.Select[tuple[str, str, bool, int, datetime]]:
    """Select for each unit the response of the last round that it answered, up to the round before `survey`."""
    previous = session.get_one(Survey, survey.previous_id)
    up_to = sa.tuple_(sa.literal(previous.fiscal_year), sa.literal(previous.created_at))
    answered = sa.or_(Response.none_held, sa.exists().where(Answer.response_id == Response.id))
    return (
        sa.select(
            Response.id.label("response_id"),
            Response.unit_id,
            Response.none_held,
            Survey.fiscal_year,
            Survey.created_at,
        )
        .join(Survey, Survey.id == Response.survey_id)
        .where(
            Survey.id != survey.id,
            Survey.state != SurveyState.DRAFT,
            Survey.training.is_(False),
            sa.tuple_(Survey.fiscal_year, Survey.created_at) <= up_to,
            answered,
        )
        .distinct(Response.unit_id)
        .order_by(Response.unit_id, Survey.fiscal_year.desc(), Survey.created_at.desc())
    )
