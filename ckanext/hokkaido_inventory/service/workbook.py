"""Merging the rows of a workbook into a response: first a plan, then all of it or nothing."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.text import comparison_key
from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.row import Content
from ckanext.hokkaido_inventory.model import Answer, Holding, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import holding as holdings
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead, WorkbookKind

__all__ = ["LAST_NUMBER", "Plan", "Step", "apply", "plan"]

#: Machine code of a template: the highest number of a filled row when it was made.
LAST_NUMBER = "last_number"


@dataclass(frozen=True, slots=True)
class Step:
    """What one row of the file does: to a row of the response, to a holding of an earlier round, or a new one."""

    kind: Change
    content: Content
    row: answers.Row | None = None
    holding: Holding | None = None

    @property
    def number(self) -> int | None:
        """Return the number of the row, which a new one does not have yet."""
        if self.row:
            return self.row.number
        return self.holding.number if self.holding else None


@dataclass(slots=True)
class Plan:
    """Everything a file would do, and the rows it does not speak of."""

    steps: list[Step] = field(default_factory=list)
    gone: list[answers.Row] = field(default_factory=list)

    def count(self, kind: Change) -> int:
        """Return how many rows are of a kind."""
        return len(self.gone) if kind is Change.GONE else sum(step.kind is kind for step in self.steps)


class _Known:
    """What a response and its unit have already, by number and by title, each to be claimed once.

    `last` is the highest number of a filled row when the workbook was made. Above it stand numbers that the template
    printed on its blank rows: somebody else may have been given them since, so they identify nothing. A workbook that
    lost its machine codes has no `last`; its numbers mean rows of the response only.
    """

    def __init__(
        self,
        rows: Sequence[answers.Row],
        unit_holdings: dict[int, Holding],
        titles: dict[str, list[Holding]],
        last: int | None,
    ) -> None:
        self.rows = {row.number: row for row in rows}
        self._numbers = frozenset(self.rows)
        self.holdings = unit_holdings
        self._last = last
        self._by_title: defaultdict[str, deque[answers.Row]] = defaultdict(deque)
        for row in rows:
            self._by_title[comparison_key(row.answer.title)].append(row)
        self._former = {title: deque(found) for title, found in titles.items()}

    def is_known(self, number: int | None) -> bool:
        """Tell whether a number of the file is one that the unit has given to a holding."""
        if self._last is None:
            return number in self._numbers
        return number is not None and number <= self._last and number in self.holdings

    def claim_row(self, read: RowRead) -> answers.Row | None:
        """Return the row of the response that a row of the file means."""
        if self.is_known(read.number):
            return self.rows.pop(read.number or 0, None)
        same = self._by_title[_title_key(read)]
        while same:
            row = same.popleft()
            if self.rows.get(row.number) is row:
                return self.rows.pop(row.number)
        return None

    def claim_holding(self, read: RowRead) -> Holding | None:
        """Return the holding of an earlier round that a row of the file means."""
        if self.is_known(read.number):
            return self.holdings[read.number or 0]
        former = self._former.get(_title_key(read))
        return former.popleft() if former else None


def plan(session: Session, viewer: Viewer, response: Response, read: ReadResult) -> Plan:
    """Return what a file would do to a response; nothing is written.

    Rows of the template are known by their number; new rows, and those of the official form, by their title within the
    unit. So a file that was taken in before finds every row again.
    """
    rows = answers.of_response(session, viewer, response.id)
    known = _Known(
        rows, holdings.of_unit(session, response.unit_id), _former_titles(session, response), _last_number(read)
    )
    lines = read.rows if read.kind is WorkbookKind.TEMPLATE else [replace(line, number=None) for line in read.rows]
    # Rows with a number claim theirs first, so that a row without one cannot take it by its title.
    order = sorted(range(len(lines)), key=lambda place: not known.is_known(lines[place].number))
    steps = {place: _step(lines[place], known) for place in order}
    return Plan([steps[place] for place in range(len(lines))], list(known.rows.values()))


def apply(session: Session, viewer: Viewer, response: Response, plan_: Plan, *, at: datetime) -> None:
    """Write a plan into a response that is locked; a plan that changes nothing leaves no trace (CC-04)."""
    new = [step for step in plan_.steps if step.row is None]
    changed = [step for step in plan_.steps if step.kind is Change.CHANGED and step.row]
    if not new and not changed:
        return
    fresh = iter(holdings.add(session, response.unit_id, sum(step.holding is None for step in new)))
    added = {(step.holding or next(fresh)).id: step.content for step in new}
    answers.add_all(session, response, added, actor_id=viewer.user_id, at=at)
    earlier = answers.earlier(session, response, [step.row.answer.holding_id for step in changed if step.row])
    keys = {
        step.row.answer.id: answers.replace(
            step.row.answer,
            step.content,
            earlier.get(step.row.answer.holding_id),
            actor_id=viewer.user_id,
            at=at,
        )
        for step in changed
        if step.row
    }
    answers.settle(session, response, keys, actor_id=viewer.user_id, at=at)
    state = response.state
    touch(response, at)
    record_response(session, response, Act.WORKBOOK_IMPORTED, viewer.user_id, state, new=len(new), changed=len(changed))


def _step(read: RowRead, known: _Known) -> Step:
    row = known.claim_row(read)
    if row is None:
        return Step(Change.NEW, Content().stored_as(read.values), holding=known.claim_holding(read))
    before = answers.content_of(row.answer)
    after = before.stored_as(read.values)
    return Step(Change.UNCHANGED if after == before else Change.CHANGED, after, row=row)


def _last_number(read: ReadResult) -> int | None:
    last = read.codes.get(LAST_NUMBER, "")
    return int(last) if last.isascii() and last.isdigit() else None


def _former_titles(session: Session, response: Response) -> dict[str, list[Holding]]:
    """Return the unit's holdings that this response does not speak of, by what earlier rounds called them."""
    spoken = sa.select(Answer.holding_id).where(Answer.response_id == response.id)
    found = session.execute(
        sa.select(Answer.title, Holding)
        .join(Holding, Holding.id == Answer.holding_id)
        .where(Holding.unit_id == response.unit_id, Holding.id.not_in(spoken))
        .distinct()
        .order_by(Holding.number)
    )
    titles: defaultdict[str, list[Holding]] = defaultdict(list)
    for title, holding in found:
        titles[comparison_key(title)].append(holding)
    return titles


def _title_key(read: RowRead) -> str:
    return comparison_key(str(read.values.get("title") or ""))
