"""Looking through what was carried over: one click a row, or one for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.refusal import GoneButNew, UnknownRow
from ckanext.hokkaido_inventory.domain.standing import said
from ckanext.hokkaido_inventory.model import Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.viewer import Viewer

__all__ = ["confirm"]


def confirm(
    session: Session,
    viewer: Viewer,
    response: Response,
    ids: Sequence[str] | None,
    word: Change,
    *,
    at: datetime,
) -> list[answers.Row]:
    """Say `word` of rows of a response that is locked, and return them; said again, it leaves no trace.

    :param ids: ids of the rows; nothing means every row that nobody has looked at yet.
    :raises UnknownRow: when a row is not of this response, whoever's it is.
    :raises GoneButNew: when a row of this round is called gone; it can be deleted.
    """
    rows = _chosen(answers.of_response(session, viewer, response.id), ids)
    before = answers.earlier(session, response, [row.answer.holding_id for row in rows])
    if word is Change.GONE:
        new = [row.number for row in rows if row.answer.holding_id not in before]
        if new:
            raise GoneButNew(new)
    numbers = []
    for row in rows:
        stands = said(word, answers.content_of(row.answer), before.get(row.answer.holding_id))
        if answers.stand(row.answer, stands, actor_id=viewer.user_id, at=at):
            numbers.append(row.number)
    if numbers:
        state = response.state
        touch(response, at)
        record_response(session, response, Act.ROWS_CONFIRMED, viewer.user_id, state, change=word, numbers=numbers)
    return rows


def _chosen(rows: Sequence[answers.Row], ids: Sequence[str] | None) -> list[answers.Row]:
    if ids is None:
        return [row for row in rows if row.answer.change == Change.CARRIED]
    wanted = set(ids)
    chosen = [row for row in rows if row.answer.id in wanted]
    if len(chosen) != len(wanted):
        raise UnknownRow
    return chosen
