"""What the response board is made of, read in two statements whatever the number of units and rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.board import ANSWERED, Line, Node
from ckanext.hokkaido_inventory.domain.deadline import effective, is_past
from ckanext.hokkaido_inventory.domain.response_state import ResponseState
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Remark, Response, Survey, Tally
from ckanext.hokkaido_inventory.service.tally import COLUMNS
from ckanext.hokkaido_inventory.service.unit import tree
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import responses_visible_to

__all__ = ["lines_of", "nodes"]

_KINDS = {"prefecture": 0, "department": 1, "": 1, "bureau": 2, "municipality": 3}


def lines_of(session: Session, viewer: Viewer, survey: Survey, *, at: datetime) -> list[Line]:
    """Return the responses to a survey that the viewer may know of, by the title of the unit."""
    return [_line(row, survey, at) for row in session.execute(_select(viewer, survey.id))]


def nodes(session: Session) -> list[Node]:
    """Return the tree of organisations: what stands side by side by kind and then by title."""
    places = sorted(tree(session), key=lambda place: _KINDS.get(place.kind, len(_KINDS)))
    return [Node(place.unit.id, place.unit.name, place.unit.title, place.parent, place.kind) for place in places]


def _select(viewer: Viewer, survey_id: str) -> sa.Select[Any]:
    group: sa.Table = model.Group.__table__
    title = sa.func.coalesce(sa.func.nullif(group.c.title, ""), group.c.name, Response.unit_id)
    remarks = (
        sa.select(sa.func.count())
        .where(Remark.response_id == Response.id, Remark.resolved_at.is_(None))
        .correlate(Response)
        .scalar_subquery()
    )
    return (
        responses_visible_to(viewer)
        .outerjoin(group, group.c.id == Response.unit_id)
        .outerjoin(Tally, Tally.response_id == Response.id)
        .where(Response.survey_id == survey_id)
        .order_by(title, Response.unit_id)
        .with_only_columns(
            Response.unit_id,
            sa.func.coalesce(group.c.name, Response.unit_id).label("name"),
            title.label("title"),
            group.c.extras["kind"].astext.label("kind"),
            group.c.extras["bureau"].astext.label("bureau"),
            Response.state,
            Response.extended_until,
            Response.none_held,
            Response.version,
            Response.updated_at,
            remarks.label("remarks"),
            *(sa.func.coalesce(getattr(Tally, name), 0).label(f"tally_{name}") for name in COLUMNS),
        )
    )


def _line(row: Any, survey: Survey, at: datetime) -> Line:
    state, deadline = ResponseState(row.state), effective(survey.deadline, row.extended_until)
    counts = {name: getattr(row, f"tally_{name}") for name in COLUMNS} | {"remarks": row.remarks}
    return Line(
        unit_id=row.unit_id,
        name=row.name,
        title=row.title,
        kind=row.kind or "",
        bureau=row.bureau,
        state=state,
        deadline=deadline,
        late=state not in ANSWERED and survey.state != SurveyState.DRAFT and is_past(deadline, at),
        none_held=row.none_held,
        counts=counts,
        # A response that was only made, by a person or a roll-over, has seen nobody of its unit yet.
        last=row.updated_at if state != ResponseState.NOT_STARTED else None,
    )
