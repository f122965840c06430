"""An approver who is away lets somebody else approve."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Delegation(BaseModel):
    """The right of one person to approve for a unit, lent to another from day to day (both included)."""

    __tablename__ = "hokkaido_inventory_delegation"
    __table_args__ = (
        sa.Index("idx_hokkaido_inventory_delegation_to", "to_user_id"),
        sa.Index("idx_hokkaido_inventory_delegation_unit", "unit_id"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    unit_id: Mapped[text]
    from_user_id: Mapped[text]
    to_user_id: Mapped[text]
    starts_on: Mapped[date] = mapped_column(sa.Date)
    ends_on: Mapped[date] = mapped_column(sa.Date)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
    revoked_at: Mapped[datetime_tz | None]
