"""Which digest of what is to be done went to whom, so that nobody gets two in a month."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Digest(BaseModel):
    """One mail of one person in one month; what it says is found when it is delivered."""

    __tablename__ = "hokkaido_schema_digest"
    __table_args__ = (sa.UniqueConstraint("user_id", "month", name="uq_hokkaido_schema_digest_month"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    user_id: Mapped[text]
    #: First day of the month in Japan.
    month: Mapped[date] = mapped_column(sa.Date)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    delivered_at: Mapped[datetime_tz | None]
    #: `sent`, `settled` (nothing was left to say) or `refused` (no address); empty while it waits in the outbox.
    outcome: Mapped[text | None]
