"""Something a unit holds: the identity that stays the same from round to round."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Holding(BaseModel):
    """A holding, known to its unit by a visible number; what is said about it stands in the answers."""

    __tablename__ = "hokkaido_inventory_holding"
    __table_args__ = (sa.UniqueConstraint("unit_id", "number", name="uq_hokkaido_inventory_holding_number"),)

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    unit_id: Mapped[text]
    number: Mapped[int] = mapped_column(sa.Integer)
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
