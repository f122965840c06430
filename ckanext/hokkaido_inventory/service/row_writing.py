"""Writing rows of a response that is locked: the rows, their holdings, the version of the response, the trail.

One row or several hundred take the same number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.domain.standing import compared
from ckanext.hokkaido_inventory.model import Answer, Holding, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import holding as holdings
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["Writing", "remove", "write", "write_all"]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a row shall say; a new row when `row` is nothing."""

    row: answers.Row | None
    content: Content


def write(
    session: Session, viewer: Viewer, response: Response, row: answers.Row | None, content: Content, *, at: datetime
) -> str:
    """Store a row (a new one when `row` is nothing) and return its id; what changes nothing leaves no trace."""
    return write_all(session, viewer, response, [Writing(row, content)], at=at)[0]


def write_all(
    session: Session, viewer: Viewer, response: Response, writings: Sequence[Writing], *, at: datetime
) -> list[str]:
    """Store rows and return their ids in the same order; they count as one change of the response.

    A new row that says exactly what a row of the response says already is not added: a request sent twice makes one
    row (CC-03). Whoever saves a row that was carried over has looked at it, also when nothing in it changed.
    """
    state = response.state
    new = [writing.content for writing in writings if writing.row is None]
    changed = _replace(session, viewer, response, [writing for writing in writings if writing.row], at=at)
    ids, added = _add(session, viewer, response, new, at=at)
    if changed or added:
        touch(response, at)
    for act, detail in _trail([*changed, *((Act.ROW_ADDED, number, None) for number in added)]):
        record_response(session, response, act, viewer.user_id, state, **detail)
    fresh = iter(ids)
    return [writing.row.answer.id if writing.row else next(fresh) for writing in writings]


def _trail(acts: Sequence[tuple[Act, int, list[str] | None]]) -> Iterator[tuple[Act, dict[str, object]]]:
    """Put what was done to the rows together: one entry an act, however many rows were written."""
    for act in dict.fromkeys(act for act, _, _ in acts):
        rows = {number: fields for each, number, fields in acts if each is act}
        if len(rows) == 1:
            ((number, fields),) = rows.items()
            yield act, {"number": number} | ({"fields": fields} if fields else {})
        else:
            named = {str(number): fields for number, fields in rows.items() if fields}
            yield act, {"numbers": sorted(rows)} | ({"fields": named} if named else {})


def remove(session: Session, viewer: Viewer, response: Response, row: answers.Row, *, at: datetime) -> None:
    """Take a row out of the response."""
    state = response.state
    answers.delete(session, row.answer)
    touch(response, at)
    record_response(session, response, Act.ROW_DELETED, viewer.user_id, state, number=row.number)


def _replace(
    session: Session, viewer: Viewer, response: Response, writings: Sequence[Writing], *, at: datetime
) -> list[tuple[Act, int, list[str] | None]]:
    """Change rows and return what the trail says of each: the act, the number of the row, the keys."""
    before = answers.earlier(session, response, [row.answer.holding_id for row in _rows(writings)])
    trail: list[tuple[Act, int, list[str] | None]] = []
    keys: dict[str, set[str]] = {}
    for row, content in ((writing.row, writing.content) for writing in writings if writing.row):
        known = before.get(row.answer.holding_id)
        changed = answers.replace(row.answer, content, known, actor_id=viewer.user_id, at=at)
        if changed:
            keys[row.answer.id] = changed
            trail.append((Act.ROW_CHANGED, row.number, sorted(changed)))
        elif row.answer.change == Change.CARRIED:
            answers.stand(row.answer, compared(content, known), actor_id=viewer.user_id, at=at)
            trail.append((Act.ROWS_CONFIRMED, row.number, None))
    if keys:
        answers.settle(session, response, keys, actor_id=viewer.user_id, at=at)
    return trail


def _rows(writings: Sequence[Writing]) -> list[answers.Row]:
    return [writing.row for writing in writings if writing.row]


def _add(
    session: Session, viewer: Viewer, response: Response, contents: Sequence[Content], *, at: datetime
) -> tuple[list[str], list[int]]:
    """Add rows; return the id of each in the same order, and the numbers of those that were not there already."""
    titles = {content.title for content in contents}
    there = _of_titles(session, response, titles)
    fresh = [content for content in contents if not _identical(there, content)]
    former = _former_holdings(session, response, {content.title for content in fresh})
    known = [former[content.title].pop(0) if former[content.title] else None for content in fresh]
    made = iter(holdings.add(session, response.unit_id, known.count(None)) if None in known else ())
    chosen = [holding or next(made) for holding in known]
    added = {holding.id: content for holding, content in zip(chosen, fresh, strict=True)}
    ids = iter(answers.add_all(session, response, added, actor_id=viewer.user_id, at=at))
    return [_identical(there, content) or next(ids) for content in contents], [holding.number for holding in chosen]


def _of_titles(session: Session, response: Response, titles: Collection[str]) -> list[Answer]:
    if not titles:
        return []
    found = sa.select(Answer).where(Answer.response_id == response.id, Answer.title.in_(titles))
    return list(session.execute(found).scalars())


def _identical(there: Sequence[Answer], content: Content) -> str | None:
    """Return the row that says exactly the same."""
    same = (answer for answer in there if answer.title == content.title and answers.content_of(answer) == content)
    return next((answer.id for answer in same), None)


def _former_holdings(session: Session, response: Response, titles: Collection[str]) -> dict[str, list[Holding]]:
    """Return the holdings that earlier rounds knew by these titles and that this response does not speak of yet."""
    former: defaultdict[str, list[Holding]] = defaultdict(list)
    if titles:
        spoken = sa.select(Answer.holding_id).where(Answer.response_id == response.id)
        found = session.execute(
            sa.select(Answer.title, Holding)
            .join(Holding, Holding.id == Answer.holding_id)
            .where(Holding.unit_id == response.unit_id, Answer.title.in_(titles), Holding.id.not_in(spoken))
            .distinct()
            .order_by(Holding.number)
        )
        taken: set[str] = set()
        for title, holding in found:
            if holding.id not in taken:
                taken.add(holding.id)
                former[title].append(holding)
    return former
