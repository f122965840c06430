"""Sending reminders: written at the moment of delivery, from what is the case then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import mailer, now, outbox
from ckanext.hokkaido_inventory import config
from ckanext.hokkaido_inventory.domain.deadline import today
from ckanext.hokkaido_inventory.domain.reminder_text import Line, Outcome, body_of, subject_of
from ckanext.hokkaido_inventory.domain.reminding import ReminderKind, days_left
from ckanext.hokkaido_inventory.domain.reviewing import WAITING
from ckanext.hokkaido_inventory.model import Reminder
from ckanext.hokkaido_inventory.service import reminder as reminders
from ckanext.hokkaido_inventory.service.calendar import is_working_day, working_days_between
from ckanext.hokkaido_inventory.service.unit import Unit, units_by_id

__all__ = ["deliver", "remind_at", "remind_today"]


def remind_today() -> None:
    """Put down the reminders of today, from the set hour of a working day on; the clock asks again and again."""
    if config.remind():
        remind_at(model.Session(), now())


def remind_at(session: Session, at: datetime) -> int:
    """Put down what is due at an instant, and return how many people are written to."""
    day = today(at)
    if at.astimezone(JAPAN).hour < config.remind_hour() or not is_working_day(day):
        return 0
    count = reminders.remind(session, day=day, schedule=config.reminder_schedule(), office=config.office_organization())
    session.commit()
    return count


@outbox.handler(reminders.MESSAGE)
def deliver(payload: dict[str, Any]) -> None:
    """Send a reminder, unless it was sent, or everything in it has been done meanwhile.

    An address that is no address is written down and not tried again; whatever else fails comes again from the outbox.
    """
    session = model.Session()
    reminder = session.execute(
        sa.select(Reminder).where(Reminder.id == payload["id"]).with_for_update()
    ).scalar_one_or_none()
    if reminder is None or reminder.outcome is not None:
        session.rollback()
        return
    reminders.settle(reminder, _send(session, reminder), now())
    session.commit()


def _send(session: Session, reminder: Reminder) -> str:
    user = session.get(model.User, reminder.user_id)
    found = reminders.standing_items(session, reminder)
    if user is None or not user.is_active or not found:
        return Outcome.SETTLED
    units = units_by_id(session, {one.response.unit_id for one, _ in found})
    site = tk.config["ckan.site_url"]
    lines = [_line(one, kind, units[one.response.unit_id], site) for one, kind in found]
    body = body_of(lines, name=user.fullname or user.name, site=tk.config["ckan.site_title"], link=f"{site}/survey")
    try:
        mailer.send(to=user.email or "", subject=subject_of(lines), body=body, message_id=f"reminder-{reminder.id}")
    except mailer.AddressRefused:
        return Outcome.REFUSED
    return Outcome.SENT


def _line(one: reminders.Open, kind: ReminderKind, unit: Unit, site: str) -> Line:
    return Line(
        kind=kind,
        survey=one.survey.title,
        unit=unit.title,
        deadline=one.deadline,
        left=days_left(one.deadline, today(now()), working_days_between),
        state=one.state.wording.ja,
        link=f"{site}/survey/{one.survey.id}/unit/{unit.name}",
        training=one.survey.training,
        reviews=one.state in WAITING,
    )
