"""When a holding is to be opened."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Opening(BaseModel):
    """The day until which a unit plans to open a holding; whether it is open is read from its dataset."""

    __tablename__ = "hokkaido_inventory_opening"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["holding_id"], ["hokkaido_inventory_holding.id"], name="fk_hokkaido_inventory_opening_holding"
        ),
        sa.UniqueConstraint("holding_id", name="uq_hokkaido_inventory_opening_holding"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    holding_id: Mapped[text]
    planned_on: Mapped[date] = mapped_column(sa.Date)
    #: For the staff; never published.
    note: Mapped[text] = mapped_column(default="")
    updated_at: Mapped[datetime_tz] = mapped_column(default=now)
    updated_by: Mapped[text | None]
