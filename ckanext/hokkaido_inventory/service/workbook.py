"""Merging the rows of a workbook into a response: first a plan, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.hokkaido_inventory.domain.audit import Act, Change
from ckanext.hokkaido_inventory.domain.form_code import read_code
from ckanext.hokkaido_inventory.domain.merging import CONFLICT, Side, fingerprint, settled
from ckanext.hokkaido_inventory.domain.row import Content, said
from ckanext.hokkaido_inventory.model import Answer, Event, Holding, Response
from ckanext.hokkaido_inventory.service import answer as answers
from ckanext.hokkaido_inventory.service import holding as holdings
from ckanext.hokkaido_inventory.service.event import record_response
from ckanext.hokkaido_inventory.service.response import touch
from ckanext.hokkaido_inventory.service.row_matching import Known, former_titles
from ckanext.hokkaido_inventory.service.viewer import Viewer
from ckanext.hokkaido_inventory.workbook.result import ReadResult, RowRead, WorkbookKind
from ckanext.hokkaido_inventory.workbook.template_layout import FORM_CODE, LAST_NUMBER, ROW_CODE

__all__ = ["LAST_NUMBER", "Plan", "Step", "apply", "plan"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one row of the file does: to a row of the response, to a holding of an earlier round, or a new one.

    `content` is the file's text, `theirs` the stored one. `declared` is what the file says in its column 変更区分.
    `conflict` marks a row that somebody saved after the workbook was made: it is stored only if the caller chose the
    file's side. `confirms` marks a row that stays as it is and is now known to be right.
    """

    kind: Change
    content: Content
    row: answers.Row | None = None
    holding: Holding | None = None
    declared: Change | None = None
    conflict: bool = False
    confirms: bool = False

    @property
    def number(self) -> int | None:
        """Return the number of the row, which a new one does not have yet."""
        if self.row:
            return self.row.number
        return self.holding.number if self.holding else None

    @property
    def theirs(self) -> Content | None:
        """Return what is stored, nothing for a new row."""
        return answers.content_of(self.row.answer) if self.row else None

    @property
    def writes(self) -> bool:
        """Tell whether storing the step changes a row that is there."""
        return self.row is not None and not self.conflict and (self.kind is Change.CHANGED or self.confirms)


@dataclass(slots=True)
class Plan:
    """Everything a file would do, the rows it does not speak of, and what the official form says of the unit anew."""

    steps: list[Step] = field(default_factory=list)
    gone: list[answers.Row] = field(default_factory=list)
    header: dict[str, str] | None = None
    #: When the workbook was made, as far as it tells.
    made_at: datetime | None = None

    @property
    def conflicts(self) -> list[Step]:
        """Return the rows that nobody has decided on yet; they are left as they are stored."""
        return [step for step in self.steps if step.conflict]

    def count(self, kind: Change | str) -> int:
        """Return how many rows are of a kind; those in conflict are of no kind but `conflict`."""
        if kind == CONFLICT:
            return len(self.conflicts)
        if kind == Change.GONE:
            return len(self.gone)
        return sum(step.kind == kind and not step.conflict for step in self.steps)


class _Base:
    """What the rows of a response were when the workbook was made.

    The hidden sheet has the version and the fingerprint of every row. A file that lost it (closed networks take it
    out) still shows its number, and with it the moment it was made: a row saved after that moment has changed.

    Who goes on writing into the very file they have taken in is in conflict with nobody: `own` holds the moments at
    which they took it in, and a row saved at one of these was saved by this file.
    """

    def __init__(self, codes: Mapping[str, str], own: frozenset[str] = frozenset()) -> None:
        self._codes = codes
        self._own = own
        self._made_at = _made_at(codes)

    def is_stale(self, row: answers.Row) -> bool:
        """Tell whether a row was saved after the workbook was made."""
        if row.answer.updated_at.astimezone(UTC).isoformat() in self._own:
            return False
        version, _mark = self._printed(row)
        if version:
            return version != str(row.answer.version)
        return self._made_at is not None and row.answer.updated_at > self._made_at

    def is_untouched(self, row: answers.Row, read: RowRead) -> bool:
        """Tell whether a row stands in the file as it was printed, although the stored one has changed since."""
        version, mark = self._printed(row)
        return version not in ("", str(row.answer.version)) and mark == fingerprint(read.values, read.change)

    def _printed(self, row: answers.Row) -> tuple[str, str]:
        version, _, mark = self._codes.get(f"{ROW_CODE}{row.number}", "").partition(":")
        return version, mark


def plan(
    session: Session,
    viewer: Viewer,
    response: Response,
    read: ReadResult,
    *,
    choices: Mapping[int, str] | None = None,
    choice: str | None = None,
) -> Plan:
    """Return what a file would do to a response; nothing is written.

    Rows of the template are known by their number; new rows, and those of the official form, by their title within the
    unit. So a file that was taken in before finds every row again.

    :param choices: `mine` (the file) or `theirs` (what is stored) by number, for rows in conflict.
    :param choice: the same for every row in conflict that `choices` does not name.
    """
    rows = answers.of_response(session, viewer, response.id)
    known = Known(
        rows, holdings.of_unit(session, response.unit_id), former_titles(session, response), _last_number(read)
    )
    base = _Base(read.codes, _taken_in_before(session, viewer, response, _made_at(read.codes)))
    lines = read.rows if read.kind is WorkbookKind.TEMPLATE else [replace(line, number=None) for line in read.rows]
    # Rows with a number claim theirs first, so that a row without one cannot take it by its title.
    order = sorted(range(len(lines)), key=lambda place: not known.is_known(lines[place].number))
    steps = {place: _decided(_step(lines[place], known, base), choices or {}, choice) for place in order}
    header = read.header if read.kind is WorkbookKind.OFFICIAL and _is_news(read.header, response) else None
    return Plan([steps[place] for place in range(len(lines))], list(known.rows.values()), header, _made_at(read.codes))


def apply(session: Session, viewer: Viewer, response: Response, plan_: Plan, *, at: datetime) -> None:
    """Write a plan into a response that is locked; a plan that changes nothing leaves no trace (CC-04)."""
    new = [step for step in plan_.steps if step.row is None]
    written = [(step, step.row) for step in plan_.steps if step.row and step.writes]
    if not new and not written and plan_.header is None:
        return
    if plan_.header is not None:
        response.form_header = plan_.header
    _add(session, viewer, response, new, at=at)
    before = answers.earlier(session, response, [row.answer.holding_id for _step, row in written]) if written else {}
    keys = {
        row.answer.id: _rewrite(step, row.answer, before.get(row.answer.holding_id), viewer.user_id, at)
        for step, row in written
    }
    if keys:
        answers.settle(session, response, keys, actor_id=viewer.user_id, at=at)
    state = response.state
    touch(response, at)
    counts: dict[str, int | str] = {
        "new": len(new),
        "changed": plan_.count(Change.CHANGED),
        "confirmed": _confirmed(plan_),
    }
    if plan_.made_at:
        counts |= {"form": plan_.made_at.isoformat(), "stored_at": at.astimezone(UTC).isoformat()}
    record_response(session, response, Act.WORKBOOK_IMPORTED, viewer.user_id, state, **counts)


def _made_at(codes: Mapping[str, str]) -> datetime | None:
    code = read_code(codes.get(FORM_CODE, ""))
    return code.made_at if code else None


def _taken_in_before(session: Session, viewer: Viewer, response: Response, made_at: datetime | None) -> frozenset[str]:
    """Return the moments at which the viewer took this very form in before."""
    if made_at is None:
        return frozenset()
    found = session.execute(
        sa.select(Event.detail["stored_at"].astext).where(
            Event.response_id == response.id,
            Event.actor_id == viewer.user_id,
            Event.act == Act.WORKBOOK_IMPORTED,
            Event.detail["form"].astext == made_at.isoformat(),
        )
    )
    return frozenset(found.scalars())


def _confirmed(plan_: Plan) -> int:
    return sum(step.confirms and not step.conflict for step in plan_.steps)


def _add(session: Session, viewer: Viewer, response: Response, new: list[Step], *, at: datetime) -> None:
    if not new:
        return
    fresh = iter(holdings.add_many(session, response.unit_id, sum(step.holding is None for step in new)))
    added = {(step.holding.id if step.holding else next(fresh)): step for step in new}
    contents = {holding_id: step.content for holding_id, step in added.items()}
    ids = answers.add_all(session, response, contents, actor_id=viewer.user_id, at=at)
    gone = [row_id for row_id, step in zip(ids, added.values(), strict=True) if step.declared is Change.GONE]
    if gone:
        session.execute(sa.update(Answer).where(Answer.id.in_(gone)).values(change=Change.GONE))


def _rewrite(step: Step, answer: Answer, before: Content | None, actor_id: str | None, at: datetime) -> set[str]:
    """Store what a step says of a row, and how it stands to the round before; return the keys that changed."""
    stored, version = answer.change, answer.version
    changed = answers.replace(answer, step.content, before, actor_id=actor_id, at=at)
    computed = answer.change if answer.version != version else None
    answer.change = settled(stored, step.declared, computed)
    answer.version = version + 1
    answer.updated_at, answer.updated_by = at, actor_id
    return changed


def _step(read: RowRead, known: Known, base: _Base) -> Step:
    row = known.claim_row(read)
    if row is None:
        content = Content().stored_as(read.said_over({}))
        return Step(Change.NEW, content, holding=known.claim_holding(read), declared=read.change)
    before = answers.content_of(row.answer)
    if base.is_untouched(row, read):
        return Step(Change.UNCHANGED, before, row=row)
    after = before.stored_as(read.said_over(said(before)))
    stored = row.answer.change
    edited = after != before
    turns = not edited and settled(stored, read.change, None) != stored
    if not edited and not turns:
        return Step(Change.UNCHANGED, after, row=row, declared=read.change)
    confirms = turns and read.change is Change.UNCHANGED
    return Step(
        Change.UNCHANGED if confirms else Change.CHANGED,
        after,
        row=row,
        declared=read.change,
        conflict=base.is_stale(row),
        confirms=confirms,
    )


def _decided(step: Step, choices: Mapping[int, str], choice: str | None) -> Step:
    """Return a step with the caller's choice, where it is in conflict and there is one."""
    side = choices.get(step.number or 0, choice) if step.conflict else None
    if side == Side.MINE:
        return replace(step, conflict=False)
    if side == Side.THEIRS and step.theirs:
        return Step(Change.UNCHANGED, step.theirs, row=step.row)
    return step


def _is_news(header: dict[str, str], response: Response) -> bool:
    """Tell whether the official form says something new of the unit; its name alone, printed by us, is not."""
    return (header | {"department": ""}) != (response.form_header | {"department": ""})


def _last_number(read: ReadResult) -> int | None:
    last = read.codes.get(LAST_NUMBER, "")
    return int(last) if last.isascii() and last.isdigit() else None
