"""Publication of a round: the approved answers, reduced to what may be known to all, become the public copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.listing import Listing
from ckanext.hokkaido_inventory.domain.refusal import NothingApproved, SurveyIsTraining
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyAct, SurveyState, advance
from ckanext.hokkaido_inventory.model import Answer, Holding, Published, Response, Survey
from ckanext.hokkaido_inventory.service import inventory_list, inventory_upkeep
from ckanext.hokkaido_inventory.service import survey as surveys
from ckanext.hokkaido_inventory.service.public_copy import WITHHELD, copy_in, public_row

__all__ = ["Outcome", "count_rows", "publish", "require_publishable"]

#: So many units are read and written in one step.
STEP = 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did: the number of rows in the public copy and the units that are not in it."""

    rows: int
    left_out: tuple[str, ...]


def require_publishable(survey: Survey) -> None:
    """Say early what would be refused at the end.

    :raises SurveyIsTraining: when the round is for practice.
    :raises IllegalTransition: when the round is not closed.
    """
    if survey.training:
        raise SurveyIsTraining
    advance(SurveyState(survey.state), SurveyAct.PUBLISH)


def count_rows(session: Session, survey: Survey) -> int:
    """Return how many rows a publication would write."""
    found = sa.select(sa.func.count()).select_from(Answer).join(Response, Response.id == Answer.response_id)
    return session.scalar(found.where(*_publishable(survey))) or 0


def publish(
    session: Session, survey: Survey, *, actor_id: str | None, at: datetime, progress: Progress | None = None
) -> Outcome:
    """Write the public copy of a survey that is locked, and take the survey to its published state.

    Only units whose response is approved are touched. What an earlier publication said of the others stays, because
    that was approved as well; what earlier rounds said of the approved ones is superseded. What follows from it (the
    yearly files, the index) is asked for in the same transaction.

    :raises NothingApproved: when no unit is approved.
    """
    require_publishable(survey)
    responses = _responses(session, survey)
    approved = [one for one in responses if one.state == ResponseState.APPROVED]
    left_out = tuple(one.unit_id for one in responses if one.state != ResponseState.APPROVED)
    if not approved:
        raise NothingApproved
    units = [one.unit_id for one in approved]
    later = _published_later(session, survey, units)
    _take_back(session, survey, units)
    _supersede(session, survey, [unit for unit in units if unit not in later])
    rows = _write(session, survey, approved, at, later, progress)
    years = _keep_levels(session, survey) | {survey.fiscal_year}
    surveys.step(session, survey, SurveyAct.PUBLISH, actor_id=actor_id, at=at, rows=rows, left_out=len(left_out))
    for year in sorted(years):
        outbox.put(session, inventory_list.MESSAGE, {"year": year}, key=str(year))
    inventory_upkeep.ask_for_survey(session, survey.id)
    return Outcome(rows, left_out)


def _take_back(session: Session, survey: Survey, unit_ids: list[str]) -> None:
    """Delete what this round had published of units, also of holdings that moved to another unit since (AZ-06)."""
    said = (
        sa.select(Answer.holding_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.survey_id == survey.id, Response.unit_id.in_(unit_ids))
    )
    session.execute(
        sa.delete(Published).where(
            Published.survey_id == survey.id,
            sa.or_(Published.unit_id.in_(unit_ids), Published.holding_id.in_(said)),
        )
    )


def _responses(session: Session, survey: Survey) -> list[Response]:
    found = sa.select(Response).where(Response.survey_id == survey.id).order_by(Response.id).with_for_update()
    return list(session.execute(found.execution_options(populate_existing=True)).scalars())


def _publishable(survey: Survey) -> tuple[sa.ColumnElement[bool], ...]:
    """What is gone is not published: it drops out of the list, and shows as such in the difference of two rounds."""
    return (
        Response.survey_id == survey.id,
        Response.state == ResponseState.APPROVED,
        Answer.change != Change.GONE,
    )


def _write(
    session: Session,
    survey: Survey,
    approved: list[Response],
    at: datetime,
    later: dict[str, str],
    progress: Progress | None,
) -> int:
    rows = 0
    for done, found in _steps(session, survey, approved):
        rows += copy_in(session, (public_row(row, survey, at, later.get(row.unit_id)) for row in found))
        if progress:
            progress(done, len(approved))
    return rows


def _steps(session: Session, survey: Survey, approved: list[Response]) -> Iterator[tuple[int, list[sa.Row[Any]]]]:
    """Yield plain columns of some units at a time: the rows of all units are many, and no row is changed."""
    found = (
        sa.select(
            Answer.title,
            Answer.description,
            Answer.answers,
            Holding.id.label("holding_id"),
            Holding.unit_id,
            Holding.number,
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(*_publishable(survey))
    )
    for start in range(0, len(approved), STEP):
        ids = [one.id for one in approved[start : start + STEP]]
        yield start + len(ids), list(session.execute(found.where(Response.id.in_(ids))))


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
    """Let go of what earlier rounds said of these units, and of holdings that have moved to one of them since."""
    holding = sa.select(Holding.id).where(Holding.unit_id.in_(unit_ids))
    session.execute(
        sa.update(Published)
        .where(
            sa.or_(Published.unit_id.in_(unit_ids), Published.holding_id.in_(holding)),
            Published.survey_id != survey.id,
            Published.superseded_by.is_(None),
        )
        .values(superseded_by=survey.id)
        .execution_options(synchronize_session=False)
    )


def _keep_levels(session: Session, survey: Survey) -> set[int]:
    """Let older copies of a holding tell no more than its present one, and return the fiscal years that this touches.

    A name that is withheld from now on must not stand in last year's file, either.
    """
    now_ = aliased(Published)
    years: set[int] = set()
    for level, looser, values in (
        (Listing.STAFF, (Listing.PUBLIC,), {"listing": Listing.STAFF.value}),
        (Listing.WITHHELD, (Listing.PUBLIC, Listing.STAFF), dict(WITHHELD)),
    ):
        present = sa.select(now_.holding_id).where(now_.superseded_by.is_(None), now_.listing == level)
        touched = session.execute(
            sa.update(Published)
            .where(Published.holding_id.in_(present), Published.listing.in_(looser))
            .values(values)
            .returning(Published.survey_id)
            .execution_options(synchronize_session=False)
        ).scalars()
        ids = set(touched) - {survey.id}
        if ids:
            years |= set(session.execute(sa.select(Survey.fiscal_year).where(Survey.id.in_(ids))).scalars())
    return years
