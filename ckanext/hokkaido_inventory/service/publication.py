"""Publication of a round: the approved answers, reduced to what may be known to all, become the public copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.refusal import NothingApproved
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.model import Answer, Holding, Published, Response, Survey

__all__ = ["Outcome", "snapshot"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did: the number of rows in the public copy and the units that are not in it."""

    rows: int
    left_out: tuple[str, ...]


def snapshot(session: Session, survey: Survey, *, at: datetime) -> Outcome:
    """Write the public copy of a survey that is locked.

    Only units whose response is approved are touched. What an earlier publication said of the others stays, because
    that was approved as well; what earlier rounds said of the approved ones is superseded.

    :raises NothingApproved: when no unit is approved.
    """
    responses = session.execute(
        sa.select(Response).where(Response.survey_id == survey.id).order_by(Response.id).with_for_update()
    ).scalars()
    units: dict[bool, list[str]] = {True: [], False: []}
    for response in responses:
        units[response.state == ResponseState.APPROVED].append(response.unit_id)
    if not units[True]:
        raise NothingApproved
    later = _published_later(session, survey, units[True])
    session.execute(sa.delete(Published).where(Published.survey_id == survey.id, Published.unit_id.in_(units[True])))
    _supersede(session, survey, [unit for unit in units[True] if unit not in later])
    rows = [_public(row, survey, at, later) for row in _approved(session, survey)]
    if rows:
        session.execute(sa.insert(Published.__table__), rows)
    return Outcome(len(rows), tuple(units[False]))


def _approved(session: Session, survey: Survey) -> sa.Result[Any]:
    """Select plain columns: the rows of all units are many, and no row is changed."""
    return session.execute(
        sa.select(
            Answer.title,
            Answer.description,
            Answer.answers,
            Answer.by_rule,
            Holding.id.label("holding_id"),
            Holding.unit_id,
            Holding.number,
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(Response.survey_id == survey.id, Response.state == ResponseState.APPROVED)
    )


def _public(row: sa.Row[Any], survey: Survey, at: datetime, later: dict[str, str]) -> dict[str, object]:
    """Return the public copy of one answer: the whole list of what leaves the survey stands here."""
    content = Content(row.title, row.description, row.answers, tuple(row.by_rule))
    return {
        "id": make_uuid(),
        "survey_id": survey.id,
        "holding_id": row.holding_id,
        "unit_id": row.unit_id,
        "number": row.number,
        "title": content.title,
        "description": content.description,
        "decision": content.decision.value,
        "reason": content.answers.get("reason"),
        "format": content.answers.get("format"),
        "update_frequency": content.answers.get("update_frequency"),
        "search_text": comparison_key(f"{content.title}\n{content.description}"),
        "published_at": at,
        "superseded_by": later.get(row.unit_id),
    }


def _is_later(survey: Survey) -> sa.ColumnElement[bool]:
    return sa.tuple_(Survey.fiscal_year, Survey.created_at) > sa.tuple_(
        sa.literal(survey.fiscal_year), sa.literal(survey.created_at)
    )


def _published_later(session: Session, survey: Survey, unit_ids: list[str]) -> dict[str, str]:
    """Return the units of which a later round is published already, with that round."""
    rows = session.execute(
        sa.select(Published.unit_id, Published.survey_id)
        .join(Survey, Survey.id == Published.survey_id)
        .where(Published.unit_id.in_(unit_ids), Published.superseded_by.is_(None), _is_later(survey))
        .distinct()
    )
    return dict(rows.tuples().all())


def _supersede(session: Session, survey: Survey, unit_ids: list[str]) -> None:
    session.execute(
        sa.update(Published)
        .where(Published.unit_id.in_(unit_ids), Published.survey_id != survey.id, Published.superseded_by.is_(None))
        .values(superseded_by=survey.id)
    )
