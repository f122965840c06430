"""Reminders: who is due today, one digest a person and day, and what still stands when it is delivered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.shared import outbox
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.reminding import (
    CATCH_UP,
    ReminderKind,
    Schedule,
    Standing,
    kind_on,
    newest_due,
    still_due,
)
from ckanext.hokkaido_inventory.domain.response_state import EDITABLE, ResponseState
from ckanext.hokkaido_inventory.domain.reviewing import WAITING
from ckanext.hokkaido_inventory.domain.survey_state import SurveyState
from ckanext.hokkaido_inventory.model import Reminder, Response, Survey
from ckanext.hokkaido_inventory.service.calendar import add_working_days, working_days_between
from ckanext.hokkaido_inventory.service.recipient import Recipients, read_recipients
from ckanext.hokkaido_inventory.service.response import deadline_of

__all__ = ["MESSAGE", "Open", "ask", "forecast", "of_days", "open_items", "remind", "settle", "standing_items"]

#: Kind of message of the outbox; the payload is `{id}`.
MESSAGE = "inventory.reminder"


@dataclass(frozen=True, slots=True)
class Open:
    """A response to an open round that still needs somebody."""

    response: Response
    survey: Survey

    @property
    def state(self) -> ResponseState:
        """Return where the response stands."""
        return ResponseState(self.response.state)

    @property
    def deadline(self) -> date:
        """Return the unit's last day."""
        return deadline_of(self.response, self.survey)

    @property
    def standing(self) -> Standing:
        """Return what the rules need to know."""
        since = self.response.endorsed_at or self.response.submitted_at
        opened = self.survey.opened_at or self.survey.created_at
        return Standing(self.state, self.deadline, today(opened), today(since) if since else None)

    def item(self, kind: ReminderKind) -> dict[str, Any]:
        """Return the entry of a reminder: ids only."""
        return {"survey": self.survey.id, "unit": self.response.unit_id, "kind": kind.value}


def remind(session: Session, *, day: date, schedule: Schedule, office: str) -> int:
    """Put down and send the reminders of a working day, and return how many there are; again, it adds what is missing.

    What fell on one of the last working days while the clock stood still is made up for today.
    """
    people = read_recipients(session, office=office, on=day)
    found = list(open_items(session))
    last = _last_sent(session, day)
    days = [day, *(add_working_days(day, -back) for back in range(1, CATCH_UP))]
    due: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        kind = newest_due(one.standing, days, None, schedule, working_days_between)
        for user_id in sorted(people.of(kind, one.state, one.response.unit_id)) if kind else ():
            sent = last.get((user_id, one.survey.id, one.response.unit_id))
            personal = newest_due(one.standing, days, sent, schedule, working_days_between)
            if personal:
                due.setdefault(user_id, []).append(one.item(personal))
    _add_the_rest(due, found, people)
    return sum(_put(session, user_id, day, items, None) for user_id, items in due.items())


def ask(
    session: Session, survey_id: str, unit_ids: Collection[str], *, day: date, office: str, actor_id: str | None
) -> tuple[int, int, list[str]]:
    """Remind units now, because the survey office asks for it.

    :returns: how many people are written to, how many had a reminder today already, and the units with nothing to
        remind of or nobody to write to.
    """
    people = read_recipients(session, office=office, on=day)
    due: dict[str, list[dict[str, Any]]] = {}
    reached = set()
    for one in open_items(session, survey_id):
        unit_id = one.response.unit_id
        why = ReminderKind.REVIEW if one.state in WAITING else ReminderKind.ASKED
        if unit_id not in unit_ids:
            continue
        for user_id in sorted(people.of(why, one.state, unit_id)):
            due.setdefault(user_id, []).append(one.item(ReminderKind.ASKED))
            reached.add(unit_id)
    sent = sum(_put(session, user_id, day, items, actor_id) for user_id, items in due.items())
    return sent, len(due) - sent, sorted(set(unit_ids) - reached)


def forecast(session: Session, days: Sequence[date], schedule: Schedule) -> list[tuple[date, Open, ReminderKind]]:
    """Return what falls on the coming working days if nobody does anything until then."""
    found = list(open_items(session))
    return [
        (day, one, kind)
        for day in days
        for one in found
        if (kind := kind_on(one.standing, day, schedule, working_days_between))
    ]


def of_days(session: Session, since: date) -> list[Reminder]:
    """Return the reminders since a day, newest first."""
    wanted = sa.select(Reminder).where(Reminder.sent_on >= since)
    return list(session.execute(wanted.order_by(Reminder.sent_on.desc(), Reminder.created_at, Reminder.id)).scalars())


def open_items(session: Session, survey_id: str | None = None) -> Iterator[Open]:
    """Yield the responses of open rounds that still need somebody, by deadline."""
    wanted = (
        sa.select(Response, Survey)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.state == SurveyState.OPEN, Response.state.in_(EDITABLE | WAITING))
        .order_by(Survey.deadline, Survey.id, Response.id)
    )
    if survey_id is not None:
        wanted = wanted.where(Survey.id == survey_id)
    for response, survey in session.execute(wanted):
        yield Open(response, survey)


def standing_items(session: Session, reminder: Reminder) -> list[tuple[Open, ReminderKind]]:
    """Return the entries of a reminder whose reason still holds; none when only side notes are left."""
    present = {(one.survey.id, one.response.unit_id): one for one in open_items(session)}
    kept = [
        (present[key], kind)
        for item in reminder.items
        if (key := (item["survey"], item["unit"])) in present
        and still_due(present[key].state, kind := ReminderKind(item["kind"]))
    ]
    return kept if any(kind is not ReminderKind.ALSO for _, kind in kept) else []


def _add_the_rest(due: Mapping[str, list[dict[str, Any]]], found: Sequence[Open], people: Recipients) -> None:
    """Add to each digest what the person has to answer or to approve besides, so that one mail says it all."""
    for one in found:
        why = ReminderKind.REVIEW if one.state in WAITING else ReminderKind.BEFORE
        for user_id in people.of(why, one.state, one.response.unit_id) & due.keys():
            named = {(item["survey"], item["unit"]) for item in due[user_id]}
            if (one.survey.id, one.response.unit_id) not in named:
                due[user_id].append(one.item(ReminderKind.ALSO))


def _last_sent(session: Session, day: date) -> dict[tuple[str, str, str], date]:
    """Return when each person was last written to about each unit in each round, as far back as it matters."""
    last: dict[tuple[str, str, str], date] = {}
    for reminder in of_days(session, add_working_days(day, -CATCH_UP) - timedelta(days=1)):
        for item in reminder.items:
            key = (reminder.user_id, item["survey"], item["unit"])
            last[key] = max(last.get(key, date.min), reminder.sent_on)
    return last


def _put(session: Session, user_id: str, day: date, items: list[dict[str, Any]], actor_id: str | None) -> bool:
    """Store a person's reminder of a day unless there is one, and have it delivered after the commit."""
    statement = (
        insert(Reminder)
        .values(user_id=user_id, sent_on=day, items=items, created_by=actor_id)
        .on_conflict_do_nothing(index_elements=["user_id", "sent_on"])
        .returning(Reminder.id)
    )
    reminder_id = session.execute(statement).scalar_one_or_none()
    if reminder_id is not None:
        outbox.put(session, MESSAGE, {"id": reminder_id})
    return reminder_id is not None


def settle(reminder: Reminder, outcome: str, at: datetime) -> None:
    """Write down what became of a reminder."""
    reminder.outcome = outcome
    reminder.delivered_at = at
