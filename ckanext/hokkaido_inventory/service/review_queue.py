"""What waits for somebody's review, oldest first, and how much there is to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import WAITING
from ckanext.hokkaido_inventory.domain.row import gaps
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Answer, Response, Survey
from ckanext.hokkaido_inventory.service.answer import content_of
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import responses_visible_to

__all__ = ["Load", "load_of", "waiting_for"]


@dataclass(slots=True)
class Load:
    """What a reviewer has before them: rows by how they changed and by their decision, and open points."""

    rows: int = 0
    open_points: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)


def waiting_for(
    session: Session, viewer: Viewer, *, survey_id: str | None, text: str | None, limit: int, offset: int
) -> tuple[int, list[tuple[Response, Survey]]]:
    """Return how many responses wait for this person, and one page of them with their surveys.

    Left out is what they submitted or, at the office's stage, approved in the unit themselves.
    """
    found = _waiting(viewer)
    if survey_id:
        found = found.where(Response.survey_id == survey_id)
    if text:
        found = found.where(Response.unit_id.in_(_units_named(text)))
    count = session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    since = sa.func.coalesce(Response.endorsed_at, Response.submitted_at)
    page = found.add_columns(Survey).order_by(since, Response.id).limit(limit).offset(offset)
    return count, [(row[0], row[1]) for row in session.execute(page)]


def load_of(session: Session, response_ids: Collection[str]) -> dict[str, Load]:
    """Return what there is to look at in each response, in one statement."""
    loads = {response_id: Load() for response_id in response_ids}
    for answer in session.execute(sa.select(Answer).where(Answer.response_id.in_(loads))).scalars():
        load, content = loads[answer.response_id], content_of(answer)
        load.rows += 1
        load.changes[answer.change] += 1
        load.decisions[content.decision] += 1
        load.open_points += sum(1 for _ in gaps(content))
    return loads


def _waiting(viewer: Viewer) -> sa.Select[tuple[Response]]:
    in_unit = WAITING - {ResponseState.ENDORSED}
    mine = sa.and_(Response.state.in_(in_unit), _units_of(viewer))
    if viewer.runs_surveys:
        endorsed = sa.and_(Response.state == ResponseState.ENDORSED, _not_by(Response.endorsed_by, viewer))
        mine = sa.or_(mine, endorsed)
    return responses_visible_to(viewer).where(
        Survey.state == SurveyState.OPEN, mine, _not_by(Response.submitted_by, viewer)
    )


def _units_of(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.true() if viewer.everything else Response.unit_id.in_(viewer.approves)


def _not_by(column: sa.ColumnElement[str | None], viewer: Viewer) -> sa.ColumnElement[bool]:
    return column.is_distinct_from(viewer.user_id) if viewer.user_id else sa.true()


def _units_named(text: str) -> sa.Select[tuple[str]]:
    group: sa.Table = model.Group.__table__
    return sa.select(group.c.id).where(
        sa.or_(group.c.title.icontains(text, autoescape=True), group.c.name.icontains(text, autoescape=True))
    )
