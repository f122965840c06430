"""Rows of a response: reading them through the gate, writing them with what they were before in view."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Change
from ckanext.hokkaido_inventory.domain.refusal import StaleVersion
from ckanext.hokkaido_inventory.domain.row import Content, changed_keys
from ckanext.hokkaido_inventory.domain.standing import compared, edited
from ckanext.hokkaido_inventory.model import Answer, Holding, Remark, Response, Survey
from ckanext.hokkaido_inventory.service import bulk
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.service.visibility import answers_visible_to

__all__ = [
    "Row",
    "add_all",
    "changes_of",
    "content_of",
    "delete",
    "earlier",
    "find",
    "find_in",
    "of_holding",
    "of_response",
    "replace",
    "require_version",
    "settle",
    "stand",
]


@dataclass(frozen=True, slots=True)
class Row:
    """An answer with the number of its holding and the response and survey it belongs to."""

    answer: Answer
    number: int
    response: Response
    survey: Survey


def find(session: Session, viewer: Viewer, answer_id: str) -> Row | None:
    """Return an answer that the viewer may know of."""
    return next(iter(_read(session, answers_visible_to(viewer).where(Answer.id == answer_id))), None)


def find_in(
    session: Session, viewer: Viewer, response_id: str, *, answer_id: str | None = None, number: int | None = None
) -> Row | None:
    """Return a row of one response by its id or its number, as it is now."""
    wanted = Answer.id == answer_id if answer_id else Holding.number == number
    found = answers_visible_to(viewer).where(Answer.response_id == response_id, wanted)
    return next(iter(_read(session, found.execution_options(populate_existing=True))), None)


def of_response(session: Session, viewer: Viewer, response_id: str) -> list[Row]:
    """Return the answers of a response that the viewer may know of, by number, as they are now."""
    found = answers_visible_to(viewer).where(Answer.response_id == response_id).order_by(Holding.number)
    return _read(session, found.execution_options(populate_existing=True))


def of_holding(session: Session, viewer: Viewer, holding_id: str) -> list[Row]:
    """Return what the viewer may know of was said about a holding, newest round first."""
    found = answers_visible_to(viewer).where(Answer.holding_id == holding_id)
    return _read(session, found.order_by(Survey.fiscal_year.desc(), Survey.created_at.desc()))


def content_of(answer: Answer) -> Content:
    """Return what a stored row says."""
    return Content(answer.title, answer.description, dict(answer.answers), tuple(answer.by_rule))


def earlier(session: Session, response: Response, holding_ids: Collection[str]) -> dict[str, Content]:
    """Return what was last said about holdings before this response, in one statement."""
    found = session.execute(
        sa.select(Answer)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Answer.holding_id.in_(holding_ids),
            Answer.response_id != response.id,
            Response.created_at < response.created_at,
        )
        .distinct(Answer.holding_id)
        .order_by(Answer.holding_id, Response.created_at.desc())
    ).scalars()
    return {answer.holding_id: content_of(answer) for answer in found}


def add_all(
    session: Session, response: Response, contents: Mapping[str, Content], *, actor_id: str | None, at: datetime
) -> list[str]:
    """Add rows, given by the id of their holding, and return their ids in the same order."""
    if not contents:
        return []
    before = earlier(session, response, contents.keys())
    ids = bulk.new_ids(len(contents))
    rows = [
        {"id": row_id, **_values(response, holding_id, content, before.get(holding_id), actor_id=actor_id, at=at)}
        for row_id, (holding_id, content) in zip(ids, contents.items(), strict=True)
    ]
    bulk.insert(session, Answer, rows)
    return ids


def replace(
    answer: Answer, content: Content, before: Content | None, *, actor_id: str | None, at: datetime
) -> set[str]:
    """Store what a row says now and return the keys that changed.

    :param before: what was said in the round before.
    """
    changed = changed_keys(content_of(answer), content)
    if not changed and list(content.by_rule) == answer.by_rule:
        return set()
    answer.title, answer.description = content.title, content.description
    answer.answers, answer.by_rule = content.answers, list(content.by_rule)
    answer.change = edited(answer.change, content, before)
    answer.version += 1
    answer.updated_at, answer.updated_by = at, actor_id
    return changed


def stand(answer: Answer, change: Change, *, actor_id: str | None, at: datetime) -> bool:
    """Store how a row stands to the round before, and tell whether that is new."""
    if answer.change == change:
        return False
    answer.change = change
    answer.version += 1
    answer.updated_at, answer.updated_by = at, actor_id
    return True


def changes_of(session: Session, response_id: str) -> dict[str, int]:
    """Return the number of rows of a response by how they stand, in one statement."""
    rows = session.execute(
        sa.select(Answer.change, sa.func.count()).where(Answer.response_id == response_id).group_by(Answer.change)
    )
    return dict(rows.tuples().all())


def delete(session: Session, answer: Answer) -> None:
    """Take a row out of its response; its holding stays, so that its number is never given to something else."""
    session.delete(answer)
    session.flush()


def settle(
    session: Session, response: Response, changed: Mapping[str, Collection[str]], *, actor_id: str | None, at: datetime
) -> None:
    """Settle the open remarks on rows that changed: those on a field that changed, and those on the row as a whole.

    :param changed: keys that changed, by the id of the row.
    """
    found = session.execute(
        sa.select(Remark).where(
            Remark.response_id == response.id, Remark.answer_id.in_(changed), Remark.resolved_at.is_(None)
        )
    ).scalars()
    for remark in found:
        if remark.field is None or remark.field in changed[remark.answer_id or ""]:
            remark.resolved_at, remark.resolved_by = at, actor_id


def require_version(answer: Answer, version: int | None) -> None:
    """Raise `StaleVersion` when somebody changed the row after it was read (CC-01)."""
    if version is not None and version != answer.version:
        raise StaleVersion(version, answer.version)


def _read(session: Session, found: sa.Select[tuple[Answer]]) -> list[Row]:
    rows = session.execute(found.add_columns(Holding.number, Response, Survey))
    return [Row(*row) for row in rows]


def _values(
    response: Response,
    holding_id: str,
    content: Content,
    before: Content | None,
    *,
    actor_id: str | None,
    at: datetime,
) -> dict[str, object]:
    return {
        "response_id": response.id,
        "holding_id": holding_id,
        "title": content.title,
        "description": content.description,
        "answers": content.answers,
        "by_rule": list(content.by_rule),
        "change": compared(content, before),
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "updated_by": actor_id,
    }
