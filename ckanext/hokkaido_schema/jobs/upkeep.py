"""The monthly mail about what is to be done: written at the moment of delivery, from what is the case then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Session

from ckanext.hokkaido_core.domain.japan_time import JAPAN
from ckanext.hokkaido_core.shared import mailer, now, outbox
from ckanext.hokkaido_schema import config
from ckanext.hokkaido_schema.domain.upkeep import body_of, month_of, subject_of
from ckanext.hokkaido_schema.model import Digest
from ckanext.hokkaido_schema.service import upkeep

__all__ = ["deliver", "remind_at", "remind_this_month"]

#: Hours in Japan between which mail is put down, on weekdays.
_HOURS = range(9, 17)
_SATURDAY = 5


def remind_this_month() -> None:
    """Put down the mail of this month from its day on, in working hours; the clock asks again and again."""
    if config.remind_of_upkeep():
        remind_at(model.Session(), now())


def remind_at(session: Session, at: datetime) -> int:
    """Put down what is due at an instant, and return how many people are written to."""
    local = at.astimezone(JAPAN)
    if local.day < config.upkeep_day() or local.hour not in _HOURS or local.weekday() >= _SATURDAY:
        return 0
    count = upkeep.put_digests(session, month_of(local.date()), local.date())
    session.commit()
    return count


@outbox.handler(upkeep.MESSAGE)
def deliver(payload: dict[str, Any]) -> None:
    """Send a digest, unless it was sent, or nothing is left to say."""
    session = model.Session()
    digest = session.execute(sa.select(Digest).where(Digest.id == payload["id"]).with_for_update()).scalar_one_or_none()
    if digest is None or digest.outcome is not None:
        session.rollback()
        return
    digest.outcome = _send(session, digest)
    digest.delivered_at = now()
    session.commit()


def _send(session: Session, digest: Digest) -> str:
    user = session.get(model.User, digest.user_id)
    organizations = upkeep.responsible(session).get(digest.user_id, set())
    items = upkeep.items_of(session, organizations, now().astimezone(JAPAN).date()) if organizations else []
    if user is None or not items or not config.remind_of_upkeep():
        return "settled"
    titles = session.execute(sa.select(model.Group.id, model.Group.title).where(model.Group.id.in_(organizations)))
    body = body_of(
        items,
        dict(titles.tuples().all()),
        name=user.fullname or user.name,
        site=tk.config["ckan.site_title"],
        link=f"{tk.config['ckan.site_url']}/upkeep",
    )
    try:
        mailer.send(to=user.email or "", subject=subject_of(items), body=body, message_id=f"upkeep-{digest.id}")
    except mailer.AddressRefused:
        return "refused"
    return "sent"
