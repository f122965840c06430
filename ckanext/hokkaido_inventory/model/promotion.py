"""Which dataset grew out of which holding."""

from __future__ import annotations

import sqlalchemy as sa
from ckan.model.types import make_uuid
from ckan.plugins.toolkit import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.hokkaido_core.shared import datetime_tz, now, text


class Promotion(BaseModel):
    """The link between a holding and its dataset; how far the dataset has come is read there, never kept here."""

    __tablename__ = "hokkaido_inventory_promotion"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["holding_id"], ["hokkaido_inventory_holding.id"], name="fk_hokkaido_inventory_promotion_holding"
        ),
        sa.UniqueConstraint("holding_id", name="uq_hokkaido_inventory_promotion_holding"),
        sa.UniqueConstraint("package_id", name="uq_hokkaido_inventory_promotion_package"),
    )

    id: Mapped[text] = mapped_column(primary_key=True, default=make_uuid)
    holding_id: Mapped[text]
    package_id: Mapped[text]
    created_at: Mapped[datetime_tz] = mapped_column(default=now)
    created_by: Mapped[text | None]
