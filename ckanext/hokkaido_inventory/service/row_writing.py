"""Writing rows of a response that is locked: the row, its holding, the version of the response, the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.model import Answer, Holding, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import holding as holdings
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["remove", "write"]


def write(
    session: Session, viewer: Viewer, response: Response, row: answers.Row | None, content: Content, *, at: datetime
) -> str:
    """Store a row (a new one when `row` is nothing) and return its id; what changes nothing leaves no trace."""
    if row is None:
        same = _identical(session, response, content)
        return same or _add(session, viewer, response, content, at=at)
    before = answers.earlier(session, response, [row.answer.holding_id])
    changed = answers.replace(row.answer, content, before.get(row.answer.holding_id), actor_id=viewer.user_id, at=at)
    if changed:
        answers.settle(session, response, {row.answer.id: changed}, actor_id=viewer.user_id, at=at)
        state = response.state
        touch(response, at)
        record_response(
            session, response, Act.ROW_CHANGED, viewer.user_id, state, number=row.number, fields=sorted(changed)
        )
    return row.answer.id


def remove(session: Session, viewer: Viewer, response: Response, row: answers.Row, *, at: datetime) -> None:
    """Take a row out of the response."""
    state = response.state
    answers.delete(session, row.answer)
    touch(response, at)
    record_response(session, response, Act.ROW_DELETED, viewer.user_id, state, number=row.number)


def _add(session: Session, viewer: Viewer, response: Response, content: Content, *, at: datetime) -> str:
    holding = _holding_for(session, response, content) or holdings.add(session, response.unit_id)[0]
    state = response.state
    added: Mapping[str, Content] = {holding.id: content}
    answer_id = answers.add_all(session, response, added, actor_id=viewer.user_id, at=at)[0]
    touch(response, at)
    record_response(session, response, Act.ROW_ADDED, viewer.user_id, state, number=holding.number)
    return answer_id


def _identical(session: Session, response: Response, content: Content) -> str | None:
    """Return the row that says exactly the same: a request sent twice makes one row (CC-03)."""
    found = session.execute(
        sa.select(Answer).where(Answer.response_id == response.id, Answer.title == content.title)
    ).scalars()
    return next((answer.id for answer in found if answers.content_of(answer) == content), None)


def _holding_for(session: Session, response: Response, content: Content) -> Holding | None:
    """Return the holding that an earlier round knew by this title and that this response does not speak of yet."""
    spoken = sa.select(Answer.holding_id).where(Answer.response_id == response.id)
    return session.execute(
        sa.select(Holding)
        .join(Answer, Answer.holding_id == Holding.id)
        .where(Holding.unit_id == response.unit_id, Answer.title == content.title, Holding.id.not_in(spoken))
        .order_by(Holding.number)
        .limit(1)
    ).scalar_one_or_none()
