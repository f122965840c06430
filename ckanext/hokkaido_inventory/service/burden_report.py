"""The burden ledger of a round: minutes by unit and work, beside those of the round before."""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.burden_report import Share
from ckanext.hokkaido_inventory.model import Burden, Response, Survey, Tally
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import responses_visible_to, surveys_visible_to

__all__ = ["previous_of", "shares_of"]


def previous_of(session: Session, viewer: Viewer, survey: Survey) -> Survey | None:
    """Return the round that a survey is compared with: the one it was rolled over from, else the last before it."""
    found = surveys_visible_to(viewer)
    if survey.previous_id:
        return session.execute(found.where(Survey.id == survey.previous_id)).scalar_one_or_none()
    earlier = found.where(
        Survey.id != survey.id, Survey.training.is_(False), Survey.created_at < survey.created_at
    ).order_by(Survey.created_at.desc(), Survey.id)
    return session.execute(earlier.limit(1)).scalar_one_or_none()


def shares_of(session: Session, viewer: Viewer, survey: Survey, previous: Survey | None) -> list[Share]:
    """Return each unit's minutes, by the title of the unit, in two statements."""
    minutes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    before: Counter[str] = Counter()
    for survey_id, unit_id, work, given in _minutes(session, [survey.id, *([previous.id] if previous else [])]):
        if survey_id == survey.id:
            minutes[unit_id][work] += given
        else:
            before[unit_id] += given
    return [
        Share(
            unit_id,
            name,
            title,
            rows,
            minutes=dict(minutes[unit_id]) if unit_id in minutes else {},
            before=before.get(unit_id),
        )
        for unit_id, name, title, rows in _units(session, viewer, survey.id)
    ]


def _minutes(session: Session, survey_ids: list[str]) -> list[tuple[str, str, str, int]]:
    rows = session.execute(
        sa.select(Response.survey_id, Response.unit_id, Burden.work, sa.func.sum(Burden.minutes))
        .join(Response, Response.id == Burden.response_id)
        .where(Response.survey_id.in_(survey_ids))
        .group_by(Response.survey_id, Response.unit_id, Burden.work)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _units(session: Session, viewer: Viewer, survey_id: str) -> list[tuple[str, str, str, int]]:
    group: sa.Table = model.Group.__table__
    title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name, Response.unit_id)
    rows = session.execute(
        responses_visible_to(viewer)
        .outerjoin(group, group.c.id == Response.unit_id)
        .outerjoin(Tally, Tally.response_id == Response.id)
        .where(Response.survey_id == survey_id)
        .order_by(title, Response.unit_id)
        .with_only_columns(
            Response.unit_id,
            sa.func.coalesce(group.c.name, Response.unit_id),
            title,
            sa.func.coalesce(Tally.rows, 0),
        )
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
