"""Which reminders went to whom, so that no restart sends one twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Reminder(BaseModel):
    """One digest mail of one person on one day."""

    __tablename__ = "hokkaido_inventory_reminder"
    __table_args__ = (sa.UniqueConstraint("user_id", "sent_on", name="uq_hokkaido_inventory_reminder_day"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    user_id: Mapped[text]
    #: Day in Japan.
    sent_on: Mapped[date] = mapped_column(sa.Date)
    #: Why: `{survey, unit, kind}` each, where kind is a `ReminderKind`.
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    delivered_at: Mapped[datetime_tz | None]
    #: An `Outcome` once it is settled; empty while the mail waits in the outbox.
    outcome: Mapped[text | None]
    #: User who asked for it; empty when the clock did.
    created_by: Mapped[text | None]
